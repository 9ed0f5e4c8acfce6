import { Group, Skeleton, Text, Title } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { applicationsQuery, environmentsQuery } from '../../api/queries';
import type { Application, Environment, Project } from '../../api/types';
import { paths } from '../../routes';
import { LinkAnchor } from '../../ui/links';
import { applicationAppearance } from '../../ui/status';
import { Status } from '../../ui/Status';
import classes from './Wall.module.css';

const MERLONS = 14;
const SHOWN_PER_ENVIRONMENT = 6;

/** A project as a wall: one merlon per application, lit by its state. Its parts are read once it is in view. */
export function ProjectCard({ project }: { project: Project }) {
  const { ref, entry } = useIntersection({ rootMargin: '200px' });
  const seen = entry?.isIntersecting === true;
  const environments = useQuery({ ...environmentsQuery(project.id), enabled: seen });
  const applications = useQueries({
    queries: (environments.data ?? []).map((environment) => ({ ...applicationsQuery(environment.id), enabled: seen })),
    combine: (results) => results.map(({ data }) => data),
  });
  const every = applications.flatMap((list) => list ?? []);
  return (
    <article className={classes.card} ref={ref} aria-label={project.name}>
      <div className={classes.wall} aria-hidden>
        {every.slice(0, MERLONS).map(({ id, status }) => (
          <span
            key={id}
            className={`${classes.merlon} ${classes[`tone-${applicationAppearance(status.state).tone}`]}`}
            data-state={status.state}
          />
        ))}
      </div>
      <Link to={paths.project} params={{ project: project.id }} className={classes.head}>
        <Title order={2} className={`${classes.name} hk-break`}>
          {project.name}
        </Title>
        {project.description && (
          <Text size="sm" c="dimmed" lineClamp={2} className="hk-break">
            {project.description}
          </Text>
        )}
      </Link>
      {environments.data === undefined ? (
        <div className={classes.environment}>
          <Skeleton height={14} width="40%" mb={10} />
          <Skeleton height={14} width="75%" />
        </div>
      ) : (
        environments.data.map((environment, index) => (
          <EnvironmentRows key={environment.id} environment={environment} applications={applications[index]} />
        ))
      )}
    </article>
  );
}

function EnvironmentRows({
  environment,
  applications,
}: {
  environment: Environment;
  applications: Application[] | undefined;
}) {
  const shown = applications?.slice(0, SHOWN_PER_ENVIRONMENT) ?? [];
  const more = (applications?.length ?? 0) - shown.length;
  return (
    <div className={classes.environment}>
      <Group justify="space-between" wrap="nowrap">
        <LinkAnchor
          to={paths.environment}
          params={{ environment: environment.id }}
          size="xs"
          c="dimmed"
          fw={550}
          display="inline-block"
          lh="24px"
          miw={24}
        >
          {environment.name}
        </LinkAnchor>
        {applications?.length === 0 && (
          <LinkAnchor to={paths.newApplication} params={{ environment: environment.id }} size="xs">
            Add an application
          </LinkAnchor>
        )}
      </Group>
      {applications === undefined && <Skeleton height={14} mt={8} />}
      <div className={classes.apps}>
        {shown.map((application) => (
          <Link
            key={application.id}
            to={paths.application}
            params={{ application: application.id }}
            className={classes.app}
          >
            <span className={classes.appName}>{application.name}</span>
            <Status look={applicationAppearance(application.status.state)} />
          </Link>
        ))}
        {more > 0 && (
          <Link to={paths.environment} params={{ environment: environment.id }} className={classes.app}>
            <Text span size="sm" c="dimmed">
              and {more} more
            </Text>
          </Link>
        )}
      </div>
    </div>
  );
}
