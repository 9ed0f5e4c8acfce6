import type { ProblemBody } from './types';

/** A failure that the API explained (RFC 9457), or one of the way there, explained by us. */
export class Problem extends Error {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly fields: { path: string; message: string }[];

  constructor(body: ProblemBody) {
    super(`${body.title}: ${body.detail}`);
    this.name = 'Problem';
    this.title = body.title;
    this.detail = body.detail;
    this.status = body.status;
    this.code = body.code;
    this.requestId = body.requestId;
    this.fields = body.fields ?? [];
  }

  /** What is wrong with one input field, if the problem names it. */
  field(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message;
  }
}

const unreachable = {
  title: 'The control plane does not answer',
  detail: 'It may be restarting, or the network is down. Your applications keep serving meanwhile; try again shortly.',
  code: 'unreachable',
};

/** The problem in an answer that is not a success; its text may be anything, since proxies answer too. */
export function problemOf(status: number, requestId: string | null, text: string): Problem {
  let body: Partial<ProblemBody> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) body = parsed;
  } catch {
    // Not a problem document: what follows says what can be said.
  }
  const gateway = status === 502 || status === 503 || status === 504;
  return new Problem({
    title: body.title ?? (gateway ? unreachable.title : 'The request failed'),
    detail: body.detail ?? (gateway ? unreachable.detail : `The answer was ${status} without an explanation.`),
    status,
    code: body.code ?? (gateway ? unreachable.code : `status-${status}`),
    requestId: body.requestId ?? requestId ?? undefined,
    fields: body.fields,
  });
}

/** Whether what was asked for is not there, or not for this person. */
export function isMissing(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) return new Problem({ ...unreachable, status: 0 });
  return new Problem({
    title: 'Something went wrong in the console',
    detail: error instanceof Error ? error.message : String(error),
    status: 0,
    code: 'console-error',
  });
}
