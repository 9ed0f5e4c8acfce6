import { problemOf, asProblem } from './problem';

export type Query = Record<string, string | number | boolean | undefined>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** The version that an update was made for; sent as If-Match. */
  ifMatch?: number | string;
  /** Sent with a mutation so that a repeated request is done once; made up when absent. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** How long a mutation waits before it is sent again, in milliseconds: a network that changes is back in moments. */
const AGAIN_AFTER = [400, 1200];

const wait = (millis: number) => new Promise<void>((resolve) => setTimeout(resolve, millis));

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A path with its query; members that are undefined or empty are left out. */
export function withQuery(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * The one way to the API. Mutations carry the session's CSRF token and an idempotency key, by which one whose answer was
 * lost on the way is sent again and done once; a failure is a Problem.
 */
export class Client {
  #csrfToken: string | undefined;
  readonly #fetch: typeof fetch;
  readonly #wait: (millis: number) => Promise<void>;

  constructor(fetcher: typeof fetch = (input, init) => globalThis.fetch(input, init), waiting = wait) {
    this.#fetch = fetcher;
    this.#wait = waiting;
  }

  /** Remembers the token of the session that has just been opened or read. */
  useCsrfToken(token: string | undefined): void {
    this.#csrfToken = token;
  }

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
    return this.#send<T>('GET', path, { query, signal });
  }

  post<T>(path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
    return this.#send<T>('POST', path, { ...options, body });
  }

  put<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return this.#send<T>('PUT', path, { ...options, body });
  }

  patch<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return this.#send<T>('PATCH', path, { ...options, body });
  }

  delete(path: string, options: RequestOptions = {}): Promise<void> {
    return this.#send<undefined>('DELETE', path, options);
  }

  async #send<T>(method: Method, path: string, options: RequestOptions): Promise<T> {
    const headers = new Headers({ Accept: 'application/json, application/problem+json' });
    if (options.body !== undefined) {
      headers.set('Content-Type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
    }
    if (method !== 'GET') {
      headers.set('Idempotency-Key', options.idempotencyKey ?? randomKey());
      if (this.#csrfToken) headers.set('X-CSRF-Token', this.#csrfToken);
    }
    if (options.ifMatch !== undefined) {
      headers.set('If-Match', typeof options.ifMatch === 'number' ? `"${options.ifMatch}"` : options.ifMatch);
    }
    const request: RequestInit = {
      method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: 'same-origin',
      signal: options.signal,
    };
    // Reads are repeated by whoever reads; without a session nobody owns an idempotency key.
    const patience = method === 'GET' || this.#csrfToken === undefined ? [] : AGAIN_AFTER;
    const { response, text } = await this.#arriving(withQuery(path, options.query), request, patience);
    if (!response.ok) throw problemOf(response.status, response.headers.get('X-Request-ID'), text);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  async #arriving(
    url: string,
    request: RequestInit,
    [pause, ...more]: number[],
  ): Promise<{ response: Response; text: string }> {
    try {
      const response = await this.#fetch(url, request);
      return { response, text: response.status === 204 ? '' : await response.text() };
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      if (!(error instanceof TypeError) || pause === undefined) throw asProblem(error);
    }
    await this.#wait(pause);
    return this.#arriving(url, request, more);
  }
}

/** A key that nobody else uses; crypto.randomUUID is absent on plain-HTTP pages, getRandomValues is not. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const client = new Client();
