import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, useSuspenseQuery, type QueryKey } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { permissionsIn, type Permissions } from '../can';
import { asProblem, type Problem } from './problem';
import { sessionQuery } from './queries';
import type { Session } from './types';

type Param = 'team' | 'project' | 'environment' | 'application' | 'deployment' | 'realm' | 'client' | 'user';

/** A parameter of the current URL that the page cannot do without. */
export function useParam(name: Param): string {
  const value = useParams({ strict: false })[name];
  if (value === undefined) throw new Error(`The page needs the parameter ${name}.`);
  return value;
}

/** The session of the person signed in; pages behind the sign-in have one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('Nobody is signed in.');
  return data;
}

const NOTHING: Permissions = new Set();

/** Where something is, for grants that reach less far than the team. */
export interface Where {
  projectId?: string;
  environmentId?: string;
}

/** What the person may do in a team, or in a part of it; nothing while the team is not known yet. */
export function usePermissions(team: string | undefined, { projectId, environmentId }: Where = {}): Permissions {
  const session = useSession();
  return useMemo(() => {
    const found = session.teams.find((candidate) => candidate.id === team);
    return found ? permissionsIn(found, { projectId, environmentId }) : NOTHING;
  }, [session, team, projectId, environmentId]);
}

interface ActionOptions<I, O> {
  run: (input: I) => Promise<O>;
  /** What to read again afterwards, also after a failure: the view may have been out of date. */
  invalidates?: QueryKey[] | ((output: O | undefined, input: I) => QueryKey[]);
  onDone?: (output: O, input: I) => void;
  /** What to say when it is done. */
  done?: string | ((output: O, input: I) => string);
  /** Show failures as a notification, for actions that have no form to show them in. */
  notifyProblem?: boolean;
}

export interface Action<I, O> {
  run: (input: I) => void;
  runAsync: (input: I) => Promise<O>;
  busy: boolean;
  problem: Problem | undefined;
  input: I | undefined;
  /** What the last one gave. */
  output: O | undefined;
  reset: () => void;
}

/** Something a person does to the installation: progress, failure and what to read again, in one place. */
export function useAction<I = void, O = unknown>(options: ActionOptions<I, O>): Action<I, O> {
  const queryClient = useQueryClient();
  const mutation = useMutation<O, Error, I>({
    mutationFn: options.run,
    onSuccess: (output, input) => {
      if (options.done !== undefined) {
        const message = typeof options.done === 'string' ? options.done : options.done(output, input);
        notifications.show({ message, autoClose: 3500, withBorder: true });
      }
      options.onDone?.(output, input);
    },
    onError: (error) => {
      if (!options.notifyProblem) return;
      const problem = asProblem(error);
      notifications.show({
        title: problem.title,
        message: problem.requestId ? `${problem.detail} (request ${problem.requestId})` : problem.detail,
        color: 'red',
        autoClose: 12_000,
        withBorder: true,
      });
    },
    onSettled: async (output, _error, input) => {
      const keys =
        typeof options.invalidates === 'function' ? options.invalidates(output, input) : (options.invalidates ?? []);
      await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
    },
  });
  return {
    run: (input) => mutation.mutate(input),
    runAsync: (input) => mutation.mutateAsync(input),
    busy: mutation.isPending,
    problem: mutation.error ? asProblem(mutation.error) : undefined,
    input: mutation.variables,
    output: mutation.data,
    reset: mutation.reset,
  };
}
