import { Code, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useApplication, useDeploy } from '../../api/deploy';
import { releasesQuery } from '../../api/queries';
import type { Release } from '../../api/types';
import { can } from '../../can';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { Section } from '../../ui/Page';
import { QueryView } from '../../ui/QueryView';
import { headline } from '../../ui/source';
import { Status } from '../../ui/Status';
import { Time } from '../../ui/Time';

export function ReleasesTab() {
  const { application, permissions } = useApplication();
  const releases = useQuery(releasesQuery(application.id));
  const deploy = useDeploy(application);
  return (
    <Section
      flush
      title="Kept releases"
      description={`An image with its configuration, as it went live. The last ${application.keptReleases ?? 5} are kept; going back to one needs no build.`}
    >
      <QueryView query={releases}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title="No releases yet">The first deployment makes one.</EmptyState>
          ) : (
            <DataTable
              label="Releases"
              items={items
                .filter(({ number }) => number !== undefined)
                .sort((a, b) => (b.number ?? 0) - (a.number ?? 0))}
              columns={[
                {
                  title: 'Release',
                  cell: (release) => (
                    <Group gap="xs">
                      <Text fw={550} size="sm">
                        #{release.number}
                      </Text>
                      {release.id === application.status.activeReleaseId && (
                        <Status look={{ tone: 'running', shape: 'dot', label: 'Active' }} />
                      )}
                    </Group>
                  ),
                },
                { title: 'From', maxWidth: 340, cell: (release) => <From release={release} /> },
                {
                  title: 'Variables',
                  cell: ({ variables }) => (
                    <Text size="sm" c="dimmed">
                      {variables.length}
                    </Text>
                  ),
                },
                { title: 'Made', cell: ({ createdAt }) => <Time at={createdAt} /> },
              ]}
              actions={(release) => (
                <GuardedButton
                  verdict={can.rollBack(permissions, release, application)}
                  size="xs"
                  variant="default"
                  loading={deploy.busy && deploy.input?.releaseId === release.id}
                  onClick={() => deploy.run({ releaseId: release.id })}
                >
                  Roll back
                </GuardedButton>
              )}
            />
          )
        }
      </QueryView>
    </Section>
  );
}

function From({ release }: { release: Release }) {
  if (release.commit) {
    return (
      <>
        <Text size="sm" lineClamp={1}>
          {headline(release.commit)}
        </Text>
        <Text size="xs" c="dimmed">
          <Code>{release.commit.sha.slice(0, 8)}</Code> {release.commit.author}
        </Text>
      </>
    );
  }
  return (
    <Text size="sm" className="hk-mono hk-break" lineClamp={2}>
      {release.image}
    </Text>
  );
}
