import { describe, expect, test } from 'vitest';
import { EventStreamParser, follow, type StreamEvent, type StreamState } from './stream';

describe('the parser of event streams', () => {
  test('reads events with type, id and data', () => {
    const parser = new EventStreamParser();

    expect(parser.push('id: 7\nevent: log\ndata: {"a":1}\n\n')).toEqual([{ type: 'log', id: '7', data: '{"a":1}' }]);
  });

  test('reads the same however the stream is cut', () => {
    const text =
      ': hello\r\n\r\nid: 1\r\nevent: log\r\ndata: one\r\ndata: two\r\n\r\ndata:three\n\nid\ndata: four\r\rretry: 250\n\n';
    const whole = new EventStreamParser().push(text);
    for (let size = 1; size < text.length; size++) {
      const parser = new EventStreamParser();
      const events: StreamEvent[] = [];
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
      expect(events, `in pieces of ${size}`).toEqual(whole);
      expect(parser.retryMillis).toBe(250);
    }
    expect(whole.map(({ data }) => data)).toEqual(['one\ntwo', 'three', 'four']);
    expect(whole.map(({ id }) => id)).toEqual(['1', '1', '']);
  });

  test('does not dispatch what has no data, and ignores comments', () => {
    expect(new EventStreamParser().push('event: log\n\n: still here\n\n')).toEqual([]);
  });
});

interface Exchange {
  status?: number;
  body: string;
}

function serving(...exchanges: Exchange[]) {
  const asked: (string | null)[] = [];
  const fetcher: typeof fetch = (_input, init) => {
    asked.push(new Headers(init?.headers).get('Last-Event-ID'));
    const exchange = exchanges.shift();
    if (!exchange) return Promise.reject(new TypeError('nothing more to serve'));
    return Promise.resolve(new Response(exchange.body, { status: exchange.status ?? 200 }));
  };
  return { asked, fetcher };
}

describe('following a stream', () => {
  test('goes on after the last event that it saw, until the end', async () => {
    const { asked, fetcher } = serving(
      { body: 'id: 1\nevent: log\ndata: a\n\nid: 2\nevent: log\ndata: b\n\n' },
      { status: 503, body: '' },
      { body: 'id: 3\nevent: log\ndata: c\n\nevent: end\ndata: {}\n\n' },
    );
    const seen: string[] = [];
    const states: StreamState[] = [];
    const waits: number[] = [];
    let ended = false;

    await follow('/log', {
      fetcher,
      signal: new AbortController().signal,
      wait: (millis) => {
        waits.push(millis);
        return Promise.resolve();
      },
      finished: () => ended,
      onEvent: ({ type, data }) => {
        if (type === 'end') ended = true;
        else seen.push(data);
      },
      onState: (state) => states.push(state),
    });

    expect(seen).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual([null, '2', '2']);
    expect(states).toEqual(['connecting', 'open', 'reconnecting', 'reconnecting', 'open', 'closed']);
    expect(waits).toEqual([500, 1000]);
  });

  test('ends with the problem when the API refuses', async () => {
    const { asked, fetcher } = serving({
      status: 404,
      body: '{"title":"Not found","detail":"There is none.","code":"not-found","status":404}',
    });
    let problem: unknown;

    await follow('/log', {
      fetcher,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      onState: (_state, why) => (problem = why ?? problem),
    });

    expect(asked).toHaveLength(1);
    expect(problem).toMatchObject({ code: 'not-found' });
  });

  test('ends with the problem that is the last event of a stream', async () => {
    const { fetcher } = serving({
      body: 'event: problem\ndata: {"title":"The server does not answer","detail":"Check it.","code":"server-unreachable","status":502}\n\n',
    });
    let problem: unknown;

    await follow('/log', {
      fetcher,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      onState: (_state, why) => (problem = why ?? problem),
    });

    expect(problem).toMatchObject({ code: 'server-unreachable' });
  });
});
