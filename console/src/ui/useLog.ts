import { useEffect, useMemo, useState } from 'react';
import type { Query } from '../api/client';
import type { Problem } from '../api/problem';
import { follow, type StreamEvent, type StreamState } from '../api/stream';
import type { LogLine } from '../api/types';
import { LogBuffer } from './logBuffer';

interface LogStream {
  buffer: LogBuffer;
  state: StreamState;
  problem: Problem | undefined;
}

interface LogOptions {
  query?: Query;
  enabled?: boolean;
  /** Events other than lines; called with the ones that the stream sends again after a break, too. */
  onOther?: (event: StreamEvent) => void;
}

/** Follows a stream of log lines for as long as the view is there; an `end` event completes it. */
export function useLog(path: string, { query, enabled = true, onOther }: LogOptions = {}): LogStream {
  // A stream of its own for each path and query: both are part of the key.
  const key = `${path} ${JSON.stringify(query ?? {})}`;
  const buffer = useMemo(() => ({ key, lines: new LogBuffer() }), [key]).lines;
  const [state, setState] = useState<StreamState>('connecting');
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    if (!enabled) return;
    const abort = new AbortController();
    let ended = false;
    buffer.clear();
    setProblem(undefined);
    void follow(path, {
      query,
      signal: abort.signal,
      finished: () => ended,
      onEvent: (event) => {
        if (event.type === 'log') {
          buffer.add(JSON.parse(event.data) as LogLine);
          return;
        }
        if (event.type === 'end') ended = true;
        onOther?.(event);
      },
      onState: (next, why) => {
        if (abort.signal.aborted) return;
        setState(next);
        setProblem(next === 'closed' ? why : undefined);
      },
    });
    return () => abort.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for path and query
  }, [key, enabled]);

  return { buffer, state, problem };
}
