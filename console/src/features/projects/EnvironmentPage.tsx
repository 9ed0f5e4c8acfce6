import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useParam, usePermissions } from '../../api/hooks';
import { applicationsQuery, environmentQuery, environmentsQuery, projectQuery } from '../../api/queries';
import type { Application, Environment } from '../../api/types';
import { can } from '../../can';
import { paths } from '../../routes';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Page, Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { sourceText } from '../../ui/source';
import { applicationAppearance } from '../../ui/status';
import { Status } from '../../ui/Status';
import classes from './EnvironmentPage.module.css';
import { NewEnvironment } from './NewEnvironment';
import { ProjectMenu } from './ProjectMenu';

export function EnvironmentPage() {
  const environment = useQuery(environmentQuery(useParam('environment')));
  return <QueryView query={environment}>{(found) => <InProject key={found.id} environment={found} />}</QueryView>;
}

function InProject({ environment }: { environment: Environment }) {
  const project = useQuery(projectQuery(environment.projectId));
  const environments = useQuery(environmentsQuery(environment.projectId));
  const applications = useQuery(applicationsQuery(environment.id));
  const permissions = usePermissions(environment.teamId, {
    projectId: environment.projectId,
    environmentId: environment.id,
  });
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  const add = (
    <GuardedButton
      verdict={can.createApplication(permissions)}
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => void navigate({ to: paths.newApplication, params: { environment: environment.id } })}
    >
      New application
    </GuardedButton>
  );
  return (
    <QueryView query={project}>
      {(found) => (
        <Page
          title={found.name}
          documentTitle={`${found.name} / ${environment.name}`}
          description={found.description}
          crumbs={[
            <LinkAnchor key="projects" to={paths.projects} params={{ team: found.teamId }}>
              Projects
            </LinkAnchor>,
          ]}
          actions={
            <>
              {add}
              <ProjectMenu project={found} environment={environment} />
            </>
          }
        >
          <nav className={classes.tabs} aria-label="Environments">
            {(environments.data ?? [environment]).map(({ id, name }) => (
              <Link key={id} to={paths.environment} params={{ environment: id }} className={classes.tab}>
                {name}
              </Link>
            ))}
            <Tooltip label="New environment">
              <ActionIcon
                aria-label="New environment"
                onClick={() => setCreating(true)}
                disabled={!can.changeProjects(permissions).allowed}
              >
                <IconPlus size={16} />
              </ActionIcon>
            </Tooltip>
          </nav>
          <Section flush>
            <QueryView query={applications}>
              {(items) =>
                items.length === 0 ? (
                  <EmptyState title={`Nothing in ${environment.name} yet`} action={add}>
                    Add an application from a git repository with a Dockerfile, or from an image. It is built, started,
                    checked and only then served.
                  </EmptyState>
                ) : (
                  <ul className={classes.list}>
                    {items.map((application) => (
                      <Row key={application.id} application={application} />
                    ))}
                  </ul>
                )
              }
            </QueryView>
          </Section>
          <NewEnvironment project={found.id} opened={creating} onClose={() => setCreating(false)} />
        </Page>
      )}
    </QueryView>
  );
}

function Row({ application }: { application: Application }) {
  const { status, replicas } = application;
  return (
    <li>
      <Link to={paths.application} params={{ application: application.id }} className={classes.row}>
        <Text fw={550} truncate>
          {application.name}
        </Text>
        <span className={classes.source}>{sourceText(application.source)}</span>
        <Status look={applicationAppearance(status.state)} />
        <Text size="sm" c="dimmed" ta="right" className={classes.replicas}>
          {status.replicasRunning} of {replicas} {replicas === 1 ? 'replica' : 'replicas'}
        </Text>
      </Link>
    </li>
  );
}
