/** The HTTP API: every call of the contract as a route of its own, CORS, the stage with its limits. */
import { Duration, Validations } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpMethod, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import { accessLogs } from './access-logs.ts';
import type { ChatConfig } from './config.ts';

/** The functions behind the routes. */
export interface HttpHandlers {
  readonly rooms: Function;
  readonly messages: Function;
  readonly attachments: Function;
  readonly vendors: Function;
  readonly admin: Function;
  readonly public: Function;
}

const { GET, POST, PUT, PATCH, DELETE } = HttpMethod;

/** Which function answers which call; a test compares the calls with the contract's. */
const ROUTES: Readonly<Record<keyof HttpHandlers, readonly (readonly [HttpMethod, string])[]>> = {
  rooms: [
    [POST, '/v1/rooms'],
    [GET, '/v1/rooms'],
    [GET, '/v1/rooms/{roomId}'],
    [PATCH, '/v1/rooms/{roomId}'],
    [PATCH, '/v1/rooms/{roomId}/mine'],
    [GET, '/v1/rooms/{roomId}/participants'],
    [GET, '/v1/unread'],
    [GET, '/v1/rooms/{roomId}/notes'],
    [POST, '/v1/rooms/{roomId}/notes'],
    [DELETE, '/v1/rooms/{roomId}/notes/{noteId}'],
  ],
  messages: [
    [GET, '/v1/rooms/{roomId}/messages'],
    [POST, '/v1/rooms/{roomId}/messages'],
    [PATCH, '/v1/rooms/{roomId}/messages/{seq}'],
    [DELETE, '/v1/rooms/{roomId}/messages/{seq}'],
    [PUT, '/v1/rooms/{roomId}/messages/{seq}/reactions'],
    [PUT, '/v1/rooms/{roomId}/read'],
  ],
  attachments: [
    [POST, '/v1/rooms/{roomId}/attachments'],
    [GET, '/v1/rooms/{roomId}/attachments/{key}'],
  ],
  vendors: [
    [GET, '/v1/vendors/me'],
    [PUT, '/v1/vendors/me'],
    [GET, '/v1/vendors/me/replies'],
    [POST, '/v1/vendors/me/replies'],
    [PUT, '/v1/vendors/me/replies/{replyId}'],
    [DELETE, '/v1/vendors/me/replies/{replyId}'],
  ],
  admin: [[PUT, '/v1/admin/users/{member}/suspension']],
  public: [
    [GET, '/v1/vendors/{vendorId}'],
    [GET, '/v1/openapi.json'],
    [GET, '/v1/asyncapi.json'],
    [GET, '/v1/health'],
  ],
};

const HANDLERS = ['rooms', 'messages', 'attachments', 'vendors', 'admin', 'public'] as const;

/** The account's rate is shared with the socket and its pushes, see `socket-api.ts`. */
const THROTTLE = { rateLimit: 2_000, burstLimit: 1_000 };

/** The HTTP API. No authorizer: it could not shape its refusals, so the functions verify the token. */
export class ChatHttpApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, config: ChatConfig) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: `parley-${config.stage}-http`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: config.origins.length === 0 ? ['*'] : [...config.origins],
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.POST,
          CorsHttpMethod.PUT,
          CorsHttpMethod.PATCH,
          CorsHttpMethod.DELETE,
        ],
        allowHeaders: ['Authorization', 'Content-Type', 'Parley-Device'],
        // `Date`: a client whose clock is wrong learns the time from it
        exposeHeaders: ['Retry-After', 'Date'],
        maxAge: Duration.hours(2),
      },
    });
    // `$default`: a named stage would stand in every path.
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: accessLogs(this, config, { bytes: '$context.responseLength' }),
    });
  }

  /** Puts the functions behind their routes. */
  addRoutes(handlers: HttpHandlers): void {
    for (const name of HANDLERS) {
      const integration = new HttpLambdaIntegration(`${name}Integration`, handlers[name]);
      for (const [method, path] of ROUTES[name]) {
        this.api.addRoutes({ path, methods: [method], integration });
      }
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The functions verify the token themselves, to answer with problem details.',
    });
  }
}
