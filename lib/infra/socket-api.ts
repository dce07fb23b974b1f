/** The WebSocket API: a route per action, the authorizer at the door, the stage with its limits. */
import { Validations } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketRoute, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import { accessLogs } from './access-logs.ts';
import type { ChatConfig } from './config.ts';

/** The functions behind the routes. */
export interface SocketHandlers {
  readonly authorizer: Function;
  readonly connect: Function;
  readonly disconnect: Function;
  readonly frame: Function;
}

/** Actions whose reply is what the function returns. An unknown action is answered too. */
const ANSWERED = ['send', 'read', 'edit', 'delete', 'react', '$default'];
/** Actions without: an empty reply would arrive as an empty, metered frame. Pong is pushed. */
const UNANSWERED = ['typing', 'focus', 'ping'];

/** The account allows 10,000 requests a second with a bucket of 5,000, shared with the HTTP API and the pushes. */
const THROTTLE = { rateLimit: 2_000, burstLimit: 1_000 };

/** The socket's API. The routes come later, because their functions must know the API's address. */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, config: ChatConfig) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: `parley-${config.stage}-socket`,
      routeSelectionExpression: '$request.body.action',
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName: config.stage,
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: accessLogs(this, config, {
        event: '$context.eventType',
        connectionId: '$context.connectionId',
        authorizerStatus: '$context.authorizer.status',
        error: '$context.error.message',
      }),
    });
  }

  /** Puts the functions behind their routes. */
  addRoutes(handlers: SocketHandlers): void {
    this.#addRoute('$connect', handlers.connect, {
      // Browsers can send no Authorization header: the token is the second subprotocol.
      authorizer: new WebSocketLambdaAuthorizer('Authorizer', handlers.authorizer, {
        identitySource: ['route.request.header.Sec-WebSocket-Protocol'],
      }),
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'A socket is authorized once, on $connect; its later routes cannot be.',
    });
    this.#addRoute('$disconnect', handlers.disconnect);
    for (const key of ANSWERED) this.#addRoute(key, handlers.frame, { returnResponse: true });
    for (const key of UNANSWERED) this.#addRoute(key, handlers.frame);
  }

  #addRoute(routeKey: string, handler: Function, options: RouteOptions = {}): void {
    const name = routeKey.replace('$', '');
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    new WebSocketRoute(this, id, {
      webSocketApi: this.api,
      routeKey,
      // One integration each: a shared one would be made under the first route only, with its permission.
      integration: new WebSocketLambdaIntegration(`${id}Integration`, handler),
      ...options,
    });
  }
}

interface RouteOptions {
  readonly authorizer?: WebSocketLambdaAuthorizer;
  readonly returnResponse?: boolean;
}
