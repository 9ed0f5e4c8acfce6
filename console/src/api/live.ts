import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useDocumentVisibility } from '@mantine/hooks';
import { useEffect } from 'react';
import { endpoints } from '../routes';
import { follow } from './stream';
import type { LiveEvent } from './types';

/** What a thing's change may have changed of its application. */
const OF_APPLICATION: Record<string, string[]> = {
  application: ['application', 'variables', 'domains'],
  deployment: ['application', 'deployments', 'releases'],
  variables: ['application', 'variables'],
};

/** The lists that a thing appears in, whatever they belong to. */
const LISTS: Record<string, string[]> = {
  application: ['applications'],
  deployment: ['applications'],
  project: ['projects'],
  environment: ['environments'],
  domain: ['domains'],
  server: ['servers'],
  member: ['members', 'session'],
  invitation: ['invitations'],
  token: ['tokens'],
  'git-credential': ['credentials'],
};

/** Reads again whatever an event says has changed, of what is on the screen. */
export function applyLiveEvent(queryClient: QueryClient, event: LiveEvent): void {
  if (event.type === 'stream.reset') {
    // Nobody knows what was missed.
    void queryClient.invalidateQueries();
    return;
  }
  const kind = event.type.split('.')[0] ?? '';
  const keys = [
    [kind, event.id],
    ...(event.applicationId === undefined
      ? []
      : (OF_APPLICATION[kind] ?? []).map((name) => [name, event.applicationId])),
    ...(LISTS[kind] ?? []).map((name) => [name]),
  ];
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
}

/** Follows the team's events while the page is visible, so that what is shown is what is. */
export function useLiveEvents(team: string | undefined): void {
  const queryClient = useQueryClient();
  const visible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (team === undefined || !visible) return;
    const abort = new AbortController();
    // A burst of events is one reading: a deployment's steps come quickly.
    let pending: LiveEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const events = new Map(pending.map((event) => [`${event.type} ${event.id}`, event]));
      pending = [];
      for (const event of events.values()) applyLiveEvent(queryClient, event);
    };
    void follow(endpoints.events, {
      query: { team },
      signal: abort.signal,
      onEvent: (event) => {
        try {
          pending.push(JSON.parse(event.data) as LiveEvent);
        } catch {
          return;
        }
        timer ??= setTimeout(flush, 150);
      },
    });
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [queryClient, team, visible]);
}
