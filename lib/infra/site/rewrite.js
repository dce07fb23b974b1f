/**
 * The CloudFront Function before the site: the addresses of its pages, all of which one file answers.
 * Everything else stays as it is, so that what is missing is missing. It runs on CloudFront's own runtime
 * (cloudfront-js-2.0), which has no modules; the local runtime runs this very text.
 */

/** The pages that the app in `index.html` tells apart by itself. */
const PAGES = /^\/(?:product\/[^/]+|chat(?:\/[^/]+)?|inbox(?:\/[^/]+)*)?\/?$/;

// oxlint-disable-next-line no-unused-vars -- CloudFront calls it
function handler(event) {
  const request = event.request;
  if (PAGES.test(request.uri)) request.uri = '/index.html';
  return request;
}
