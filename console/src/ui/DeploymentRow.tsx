import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { isOver } from '../api/queries';
import type { Deployment } from '../api/types';
import { paths } from '../routes';
import classes from './DeploymentRow.module.css';
import { headline } from './source';
import { deploymentAppearance } from './status';
import { Status } from './Status';
import { Time, Took } from './Time';

const KIND = {
  deploy: 'Deploy',
  rollback: 'Rollback',
  restart: 'Restart',
  stop: 'Stop',
  start: 'Start',
} as const;

/** What a deployment was about, in a few words. */
export function subjectOf(deployment: Deployment): string {
  const subjects = [headline(deployment.commit), deployment.reason, KIND[deployment.kind]];
  return subjects.find(Boolean) ?? '';
}

export function DeploymentRow({ deployment }: { deployment: Deployment }) {
  const { commit, createdAt, startedAt, finishedAt } = deployment;
  const subject = subjectOf(deployment);
  return (
    <Link
      to={paths.deployment}
      params={{ application: deployment.applicationId, deployment: deployment.id }}
      className={classes.row}
    >
      <span className={classes.number}>#{deployment.number}</span>
      <Status look={deploymentAppearance(deployment.state)} />
      <span className={classes.subject}>
        <Text span size="sm" truncate display="block">
          {subject}
        </Text>
        <Text span size="xs" c="dimmed" truncate display="block">
          {deployment.problem?.title ?? (
            <>
              {subject !== KIND[deployment.kind] && `${KIND[deployment.kind]} `}
              {commit && <span className="hk-mono">{commit.sha.slice(0, 8)} </span>}
              {deployment.createdBy && `by ${deployment.createdBy}`}
            </>
          )}
        </Text>
      </span>
      <Text span size="sm" c="dimmed" className={classes.took}>
        {isOver(deployment) && !finishedAt ? null : <Took from={startedAt} to={finishedAt} />}
      </Text>
      <Text span size="sm" c="dimmed" className={classes.when}>
        <Time at={createdAt} />
      </Text>
    </Link>
  );
}
