/** What a deployment may say of its site: a domain of its own, and who signs people in. */

/** The site's settings. */
export interface SiteSettings {
  /** A domain with its certificate; without one the site is at an address of CloudFront's. */
  readonly domain: SiteDomain | undefined;
  /** Answers a `POST` with the token of who is signed in. */
  readonly tokenUrl: string | undefined;
  /** Where somebody signs in who is not. */
  readonly signInUrl: string | undefined;
}

/** Looks up a setting by name, as `config.ts` does. */
type ReadSetting = (name: string) => unknown;

/** A host name and the certificate that names it. */
export interface SiteDomain {
  readonly name: string;
  readonly certificateArn: string;
}

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/u;
/** CloudFront reads certificates from there only. */
const CERTIFICATE = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/u;

/**
 * Checks the site's settings.
 * @throws Error naming the setting, what is wrong with it and what it looks like
 */
export function siteFrom(read: ReadSetting): SiteSettings {
  return {
    domain: domainFrom(read('PARLEY_SITE_DOMAIN'), read('PARLEY_SITE_CERTIFICATE')),
    tokenUrl: addressFrom('PARLEY_TOKEN_URL', read),
    signInUrl: addressFrom('PARLEY_SIGN_IN_URL', read),
  };
}

function domainFrom(name: unknown, certificateArn: unknown): SiteDomain | undefined {
  if (name === undefined && certificateArn === undefined) return undefined;
  if (typeof name !== 'string' || !DOMAIN.test(name)) {
    throw new Error(
      `PARLEY_SITE_DOMAIN ${shown(name)} must be a host name such as chat.shop.example.`,
    );
  }
  if (typeof certificateArn !== 'string' || !CERTIFICATE.test(certificateArn)) {
    throw new Error(
      `PARLEY_SITE_CERTIFICATE ${shown(certificateArn)} must be the ARN of a certificate for ${name} ` +
        'in us-east-1, where CloudFront looks for it: arn:aws:acm:us-east-1:123456789012:certificate/….',
    );
  }
  return { name, certificateArn };
}

function addressFrom(name: string, read: ReadSetting): string | undefined {
  const value = read(name);
  if (value === undefined) return undefined;
  if (typeof value === 'string' && URL.parse(value)?.protocol === 'https:') return value;
  throw new Error(`${name} ${shown(value)} must be an address such as https://shop.example/token.`);
}

function shown(value: unknown): string {
  return value === undefined ? 'is missing: it' : JSON.stringify(value);
}
