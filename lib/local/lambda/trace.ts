/** The tracing header of an invocation: the SDK repeats it in every call, so that a call tells which invocation makes it. */

/** The header in X-Ray's form, as Lambda puts it in `_X_AMZN_TRACE_ID`. */
export function traceHeaderOf(requestId: string): string {
  return `${rootOf(requestId)};Parent=${requestId.slice(-12).padStart(16, '0')};Sampled=0`;
}

/** Whether a call's header is of that invocation; whoever passes it on may add to it. */
export function isTraceOf(requestId: string, header: string): boolean {
  return header.startsWith(rootOf(requestId));
}

function rootOf(requestId: string): string {
  const digits = requestId.replaceAll('-', '');
  return `Root=1-${digits.slice(0, 8)}-${digits.slice(8)}`;
}
