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
 * The one way to the API. Mutations carry the session's CSRF token and an idempotency key; a failure is a Problem.
 */
export class Client {
  #csrfToken: string | undefined;
  readonly #fetch: typeof fetch;

  constructor(fetcher: typeof fetch = (input, init) => globalThis.fetch(input, init)) {
    this.#fetch = fetcher;
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
    let response: Response;
    let text: string;
    try {
      response = await this.#fetch(withQuery(path, options.query), {
        method,
        headers,
        body: options.body === undefined ? undefined : JSON.stringify(options.body),
        credentials: 'same-origin',
        signal: options.signal,
      });
      text = response.status === 204 ? '' : await response.text();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw asProblem(error);
    }
    if (!response.ok) throw problemOf(response.status, response.headers.get('X-Request-ID'), text);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

/** A key that nobody else uses; crypto.randomUUID is absent on plain-HTTP pages, getRandomValues is not. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const client = new Client();
