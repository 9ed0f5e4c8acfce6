import { withQuery, type Query } from './client';
import { asProblem, problemOf, type Problem } from './problem';

/** One event of a text/event-stream. */
export interface StreamEvent {
  type: string;
  id: string | undefined;
  data: string;
}

/**
 * Reads the event stream format of the HTML standard (section 9.2.6) from chunks that may be cut anywhere.
 * A comment is nothing, an event without data is not dispatched, and an id stays until the next one.
 */
export class EventStreamParser {
  #rest = '';
  #type = '';
  #data: string[] = [];
  #id: string | undefined;
  #skipLineFeed = false;
  retryMillis: number | undefined;

  get lastEventId(): string | undefined {
    return this.#id;
  }

  push(chunk: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    let text = chunk;
    if (this.#skipLineFeed && text.startsWith('\n')) text = text.slice(1);
    if (text !== '') this.#skipLineFeed = false;
    text = this.#rest + text;
    let start = 0;
    const end = /\r\n|\n|\r/g;
    for (let match = end.exec(text); match !== null; match = end.exec(text)) {
      const line = text.slice(start, match.index);
      start = end.lastIndex;
      // A CR at the very end may be half of a CRLF whose LF is still on its way.
      if (match[0] === '\r' && start === text.length) this.#skipLineFeed = true;
      const event = this.#line(line);
      if (event) events.push(event);
    }
    this.#rest = text.slice(start);
    return events;
  }

  #line(line: string): StreamEvent | undefined {
    if (line === '') return this.#dispatch();
    if (line.startsWith(':')) return undefined;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);
    switch (field) {
      case 'event':
        this.#type = value;
        break;
      case 'data':
        this.#data.push(value);
        break;
      case 'id':
        if (!value.includes('\0')) this.#id = value;
        break;
      case 'retry':
        if (/^\d+$/.test(value)) this.retryMillis = Number(value);
        break;
    }
    return undefined;
  }

  #dispatch(): StreamEvent | undefined {
    const type = this.#type || 'message';
    const data = this.#data;
    this.#type = '';
    this.#data = [];
    return data.length > 0 ? { type, id: this.#id, data: data.join('\n') } : undefined;
  }
}

export type StreamState = 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface StreamOptions {
  query?: Query;
  onEvent: (event: StreamEvent) => void;
  /** Called after each chunk that held events, so that a view can be updated once for many lines. */
  onBatch?: () => void;
  onState?: (state: StreamState, problem?: Problem) => void;
  /** Whether the stream has told its end, so that its close is no reason to connect again. */
  finished?: () => boolean;
  signal: AbortSignal;
  fetcher?: typeof fetch;
  /** Waits before the next attempt; given by tests. */
  wait?: (millis: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_RETRY_MILLIS = 500;
const MAX_RETRY_MILLIS = 15_000;

/**
 * Follows an event stream until it has told its end or the signal aborts, and resumes where it was
 * (Last-Event-ID) whenever the connection breaks. A refusal by the API (4xx) ends it.
 */
export async function follow(path: string, options: StreamOptions): Promise<void> {
  const { onEvent, onBatch, onState, signal, query } = options;
  const fetcher = options.fetcher ?? ((input, init) => globalThis.fetch(input, init));
  const wait = options.wait ?? delay;
  let lastEventId: string | undefined;
  const lastWords: Problem[] = [];
  let failures = 0;
  let retryMillis = FIRST_RETRY_MILLIS;
  onState?.('connecting');
  const aborted = () => signal.aborted;
  while (!aborted()) {
    try {
      const headers = new Headers({ Accept: 'text/event-stream, application/problem+json' });
      if (lastEventId !== undefined) headers.set('Last-Event-ID', lastEventId);
      const response = await fetcher(withQuery(path, query), { headers, signal, credentials: 'same-origin' });
      if (!response.ok || !response.body) {
        const problem = problemOf(response.status, response.headers.get('X-Request-ID'), await response.text());
        const temporary = response.status >= 500 || response.status === 429;
        if (!temporary) {
          onState?.('closed', problem);
          return;
        }
        throw problem;
      }
      onState?.('open');
      const parser = new EventStreamParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const events = parser.push(value);
        for (const event of events) {
          if (event.id !== undefined) lastEventId = event.id;
          // The API's last word on a stream whose source has failed.
          if (event.type === 'problem') lastWords.push(problemOf(500, null, event.data));
          else onEvent(event);
        }
        if (events.length > 0) {
          failures = 0;
          onBatch?.();
        }
        if (parser.retryMillis !== undefined) retryMillis = parser.retryMillis;
      }
      if (options.finished?.()) {
        onState?.('closed');
        return;
      }
      if (lastWords.length > 0) {
        onState?.('closed', lastWords[0]);
        return;
      }
      onState?.('reconnecting');
    } catch (error) {
      if (aborted()) break;
      onState?.('reconnecting', asProblem(error));
    }
    failures += 1;
    await wait(Math.min(retryMillis * 2 ** (failures - 1), MAX_RETRY_MILLIS), signal);
  }
  onState?.('closed');
}

function delay(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done);
  });
}
