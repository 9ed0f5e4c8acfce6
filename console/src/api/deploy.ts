import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { endpoints, paths } from '../routes';
import { client } from './client';
import { useAction, useParam, usePermissions } from './hooks';
import { applicationQuery } from './queries';
import type { Application, Deployment, DeploymentRequest } from './types';
import type { Permissions } from '../can';

/** The application that the page is about, and what the person may do to it. */
export function useApplication(): { application: Application; permissions: Permissions } {
  const { data: application } = useSuspenseQuery(applicationQuery(useParam('application')));
  const permissions = usePermissions(application.teamId, application);
  return { application, permissions };
}

/** What a deployment changes on the screen. */
export function affected(application: Application) {
  return [
    ['application', application.id],
    ['applications', application.environmentId],
    ['deployments', application.id],
    ['releases', application.id],
  ];
}

/** Starts a deployment and shows it. */
export function useDeploy(application: Application) {
  const navigate = useNavigate();
  return useAction<DeploymentRequest, Deployment>({
    run: (request) => client.post<Deployment>(endpoints.deployments(application.id), request),
    invalidates: affected(application),
    notifyProblem: true,
    onDone: (deployment) =>
      void navigate({
        to: paths.deployment,
        params: { application: application.id, deployment: deployment.id },
      }),
  });
}

const DONE = { restart: 'The restart is under way.', stop: 'Stopping.', start: 'Starting.' };

/** Restarts, stops or starts what is deployed. */
export function useLifecycle(application: Application) {
  return useAction<'restart' | 'stop' | 'start'>({
    run: (action) => client.post(endpoints.action(application.id, action)),
    invalidates: affected(application),
    notifyProblem: true,
    done: (_output, action) => DONE[action],
  });
}

export function useCancel(application: Application) {
  return useAction<Deployment>({
    run: (deployment) => client.post(endpoints.cancel(deployment.id)),
    invalidates: (_output, deployment) => [['deployment', deployment.id], ...affected(application)],
    notifyProblem: true,
    done: 'Cancelling: what it made is undone.',
  });
}
