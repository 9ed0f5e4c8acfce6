import { Anchor, Code, Group, Grid, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApplication, useDeploy } from '../../api/deploy';
import { deploymentsQuery, domainsQuery, releasesQuery, serversQuery } from '../../api/queries';
import type { Application } from '../../api/types';
import { can } from '../../can';
import { paths } from '../../routes';
import { DeploymentRow } from '../../ui/DeploymentRow';
import { EmptyState } from '../../ui/EmptyState';
import { Facts } from '../../ui/Facts';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines, QueryView } from '../../ui/QueryView';
import { headline, shortUrl } from '../../ui/source';
import { domainAppearance } from '../../ui/status';
import { Status } from '../../ui/Status';
import { Time } from '../../ui/Time';
import { Replicas } from './Replicas';

const RECENT = 6;

export function OverviewTab() {
  const { application } = useApplication();
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7, lg: 8 }}>
        <Stack>
          <Recent application={application} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5, lg: 4 }}>
        <Stack>
          <State application={application} />
          <Domains application={application} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function Recent({ application }: { application: Application }) {
  const { permissions } = useApplication();
  const deployments = useInfiniteQuery(deploymentsQuery(application.id));
  const deploy = useDeploy(application);
  const items = deployments.data?.pages[0]?.items;
  return (
    <Section
      flush
      title="Recent deployments"
      actions={
        items &&
        items.length > RECENT && (
          <LinkAnchor to={paths.applicationDeployments} params={{ application: application.id }} size="sm">
            All deployments
          </LinkAnchor>
        )
      }
    >
      {items === undefined ? (
        deployments.error ? (
          <ProblemAlert error={deployments.error} onRetry={() => void deployments.refetch()} />
        ) : (
          <Lines count={5} />
        )
      ) : items.length === 0 ? (
        <EmptyState
          title="Not deployed yet"
          action={
            <GuardedButton
              verdict={can.deploy(permissions, application)}
              loading={deploy.busy}
              onClick={() => deploy.run({})}
            >
              Deploy now
            </GuardedButton>
          }
        >
          Deploy to fetch, build, start and check it. Requests reach it once it answers.
        </EmptyState>
      ) : (
        items.slice(0, RECENT).map((deployment) => <DeploymentRow key={deployment.id} deployment={deployment} />)
      )}
    </Section>
  );
}

function State({ application }: { application: Application }) {
  const servers = useQuery(serversQuery(application.teamId));
  const releases = useQuery(releasesQuery(application.id));
  const { source, status } = application;
  const release = releases.data?.find(({ id }) => id === status.activeReleaseId);
  const server = servers.data?.find(({ id }) => id === application.serverId);
  return (
    <Section title="What runs">
      <Stack gap="md">
        <Replicas running={status.replicasRunning} wanted={application.replicas} state={status.state} />
        <Facts
          facts={[
            [
              'Active release',
              release ? (
                <Group gap={6}>
                  <LinkAnchor inherit to={paths.applicationReleases} params={{ application: application.id }}>
                    #{release.number}
                  </LinkAnchor>
                  <Text span size="sm" c="dimmed">
                    <Time at={release.createdAt} />
                  </Text>
                </Group>
              ) : (
                'none'
              ),
            ],
            ...(release?.commit
              ? ([
                  [
                    'Commit',
                    <span key="commit">
                      <Code>{release.commit.sha.slice(0, 8)}</Code> {headline(release.commit)}
                    </span>,
                  ],
                ] as [string, React.ReactNode][])
              : []),
            ['Source', source.kind === 'git' ? shortUrl(source.url) : source.image],
            ...(source.kind === 'git'
              ? ([['Branch', source.branch ?? 'the default branch']] as [string, React.ReactNode][])
              : []),
            ['Port', application.port ?? 'none: a worker without traffic'],
            ['Server', server?.name ?? '…'],
          ]}
        />
      </Stack>
    </Section>
  );
}

function Domains({ application }: { application: Application }) {
  const domains = useQuery(domainsQuery(application.id));
  return (
    <Section
      title="Domains"
      actions={
        <LinkAnchor to={paths.applicationDomains} params={{ application: application.id }} size="sm">
          Manage
        </LinkAnchor>
      }
    >
      <QueryView query={domains} skeleton={<Lines count={1} />}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {application.port === undefined
                ? 'It has no port, so no domain can lead to it.'
                : 'No domain leads here yet. Add one to make it reachable.'}
            </Text>
          ) : (
            <Stack gap={8}>
              {items.map((domain) => (
                <Group key={domain.id} justify="space-between" wrap="nowrap" gap="sm">
                  <Anchor href={domain.url} target="_blank" rel="noreferrer" size="sm" className="hk-break">
                    {domain.displayHost}
                    {domain.pathPrefix === '/' ? '' : domain.pathPrefix}{' '}
                    <IconExternalLink size={13} aria-label="opens in a new tab" style={{ verticalAlign: '-1px' }} />
                  </Anchor>
                  <Status look={domainAppearance(domain.status.state)} />
                </Group>
              ))}
            </Stack>
          )
        }
      </QueryView>
    </Section>
  );
}
