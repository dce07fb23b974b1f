/** The security headers of the site, after the OWASP Secure Headers Project; what departs from it says why. */
import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/** Who else the site talks to. */
export interface Neighbours {
  /** Origins: `https://….execute-api.…`, `wss://…`. */
  readonly apis: readonly string[];
  /** The bucket of attachments, an origin. */
  readonly files: string;
  /** Where tokens come from, an address. */
  readonly tokenUrl: string | undefined;
}

/** The policies: of pages, and of what stands in other people's pages. */
export interface SiteHeaders {
  readonly pages: ResponseHeadersPolicy;
  readonly widget: ResponseHeadersPolicy;
}

/** Two years, as the project asks. */
const HSTS_MAX_AGE = Duration.days(730);

/** What the pages may use of the device; everything else that browsers know is off. */
const ALLOWED_FEATURES = ['autoplay', 'clipboard-write', 'fullscreen'];
const REFUSED_FEATURES = [
  'accelerometer',
  'camera',
  'clipboard-read',
  'cross-origin-isolated',
  'display-capture',
  'encrypted-media',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'keyboard-map',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'sync-xhr',
  'unload',
  'usb',
  'xr-spatial-tracking',
];

/** Makes both policies. They differ in who may load what they are sent with. */
export function addSiteHeaders(scope: Construct, neighbours: Neighbours): SiteHeaders {
  const security = securityHeaders(contentSecurityPolicy(neighbours));
  return {
    pages: new ResponseHeadersPolicy(scope, 'PageHeaders', {
      ...security,
      ...customHeaders({ 'Cross-Origin-Resource-Policy': 'same-origin' }),
    }),
    widget: new ResponseHeadersPolicy(scope, 'WidgetHeaders', {
      ...security,
      ...customHeaders({ 'Cross-Origin-Resource-Policy': 'cross-origin' }),
      // A module script of another origin is loaded with CORS; it carries no cookie.
      corsBehavior: {
        accessControlAllowCredentials: false,
        accessControlAllowHeaders: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD'],
        accessControlAllowOrigins: ['*'],
        accessControlMaxAge: Duration.days(1),
        originOverride: true,
      },
    }),
  };
}

/** No inline script or style, nothing evaluated, nobody's frame, no talk but with the stage's own APIs, and nothing that would have to be upgraded to https. */
function contentSecurityPolicy({ apis, files, tokenUrl }: Neighbours): string {
  const identity = tokenUrl === undefined ? [] : [new URL(tokenUrl).origin];
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'font-src': ["'self'"],
    // Pictures of products and people are where the marketplace has them.
    'img-src': ["'self'", 'data:', 'blob:', 'https:', files],
    'media-src': ["'self'", 'data:', 'blob:'],
    'connect-src': ["'self'", ...apis, files, ...identity],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    'require-trusted-types-for': ["'script'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}

function securityHeaders(policy: string): ResponseHeadersPolicyProps {
  const override = true;
  return {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: policy, override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      // The address of a page holds a room's id.
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: {
        accessControlMaxAge: HSTS_MAX_AGE,
        includeSubdomains: true,
        override,
      },
    },
    removeHeaders: ['Server', 'x-amz-server-side-encryption'],
  };
}

/** Without `Cross-Origin-Embedder-Policy`: it would refuse pictures whose hosts know nothing of it. */
function customHeaders(more: Readonly<Record<string, string>>): ResponseHeadersPolicyProps {
  const headers = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': permissions(),
    'X-DNS-Prefetch-Control': 'off',
    'X-Permitted-Cross-Domain-Policies': 'none',
    ...more,
  };
  return {
    customHeadersBehavior: {
      customHeaders: Object.entries(headers).map(([header, value]) => ({
        header,
        value,
        override: true,
      })),
    },
  };
}

function permissions(): string {
  const allowed = ALLOWED_FEATURES.map((feature) => `${feature}=(self)`);
  return [...allowed, ...REFUSED_FEATURES.map((feature) => `${feature}=()`)].join(', ');
}
