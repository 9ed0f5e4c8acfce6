import { Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import {
  IconChevronDown,
  IconDots,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconRocket,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useDeploy, useLifecycle } from '../../api/deploy';
import { useParam, usePermissions } from '../../api/hooks';
import { applicationQuery, environmentQuery, projectQuery } from '../../api/queries';
import type { Application } from '../../api/types';
import { can } from '../../can';
import { paths } from '../../routes';
import { GuardedButton, GuardedIcon, GuardedMenuItem } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { Page } from '../../ui/Page';
import { Lines, QueryView } from '../../ui/QueryView';
import { applicationAppearance } from '../../ui/status';
import { Status } from '../../ui/Status';
import { LinkTab, TabBar } from '../../ui/TabBar';
import { PlanModal } from './PlanModal';

const TABS = [
  ['Overview', paths.application],
  ['Deployments', paths.applicationDeployments],
  ['Logs', paths.applicationLogs],
  ['Variables', paths.applicationVariables],
  ['Domains', paths.applicationDomains],
  ['Releases', paths.applicationReleases],
  ['Settings', paths.applicationSettings],
] as const;

/** What all pages of one application have around them: its state, what can be done to it, its tabs. */
export function ApplicationLayout() {
  const query = useQuery(applicationQuery(useParam('application')));
  return (
    <QueryView query={query} skeleton={<Lines count={6} />}>
      {(application) => <Frame key={application.id} application={application} />}
    </QueryView>
  );
}

function Frame({ application }: { application: Application }) {
  const environment = useQuery(environmentQuery(application.environmentId));
  const project = useQuery(projectQuery(application.projectId));
  return (
    <Page
      title={application.name}
      badge={<Status look={applicationAppearance(application.status.state)} pill />}
      crumbs={[
        <LinkAnchor key="projects" to={paths.projects} params={{ team: application.teamId }}>
          Projects
        </LinkAnchor>,
        <LinkAnchor key="project" to={paths.project} params={{ project: application.projectId }}>
          {project.data?.name ?? '…'}
        </LinkAnchor>,
        <LinkAnchor key="environment" to={paths.environment} params={{ environment: application.environmentId }}>
          {environment.data?.name ?? '…'}
        </LinkAnchor>,
      ]}
      actions={<Actions application={application} />}
    >
      <TabBar label="Application">
        {TABS.map(([label, to]) => (
          <LinkTab
            key={to}
            to={to}
            params={{ application: application.id }}
            activeOptions={{ exact: to === paths.application }}
          >
            {label}
          </LinkTab>
        ))}
      </TabBar>
      <Outlet />
    </Page>
  );
}

function Actions({ application }: { application: Application }) {
  const permissions = usePermissions(application.teamId, application);
  const deploy = useDeploy(application);
  const lifecycle = useLifecycle(application);
  const [dialog, setDialog] = useState<'commit' | 'plan'>();
  const close = () => setDialog(undefined);
  const verdict = can.deploy(permissions, application);
  return (
    <>
      <Group gap={0} wrap="nowrap">
        <GuardedButton
          verdict={verdict}
          loading={deploy.busy}
          leftSection={<IconRocket size={16} aria-hidden />}
          onClick={() => deploy.run({})}
          style={{ borderTopRightRadius: 0, borderBottomRightRadius: 0 }}
        >
          Deploy
        </GuardedButton>
        <Menu width={230}>
          <Menu.Target>
            <Button
              px={8}
              aria-label="More ways to deploy"
              style={{
                borderTopLeftRadius: 0,
                borderBottomLeftRadius: 0,
                borderLeft: '1px solid rgb(255 255 255 / 25%)',
              }}
            >
              <IconChevronDown size={15} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setDialog('plan')}>Show what it would do</Menu.Item>
            {application.source.kind === 'git' && (
              <GuardedMenuItem verdict={verdict} onClick={() => setDialog('commit')}>
                Deploy a certain commit
              </GuardedMenuItem>
            )}
            {application.source.kind === 'git' && (
              <GuardedMenuItem verdict={verdict} onClick={() => deploy.run({ build: 'always' })}>
                Build anew and deploy
              </GuardedMenuItem>
            )}
            {application.status.activeReleaseId !== undefined && (
              <GuardedMenuItem verdict={verdict} onClick={() => deploy.run({ build: 'never' })}>
                Apply configuration, no build
              </GuardedMenuItem>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Menu width={180}>
        <Menu.Target>
          <GuardedIcon
            label="Restart, stop, start"
            verdict={{ allowed: true }}
            variant="default"
            size={36}
            loading={lifecycle.busy}
          >
            <IconDots size={18} />
          </GuardedIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <GuardedMenuItem
            leftSection={<IconRefresh size={16} aria-hidden />}
            verdict={can.restart(permissions, application)}
            onClick={() => lifecycle.run('restart')}
          >
            Restart
          </GuardedMenuItem>
          <GuardedMenuItem
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            verdict={can.stop(permissions, application)}
            onClick={() => lifecycle.run('stop')}
          >
            Stop
          </GuardedMenuItem>
          <GuardedMenuItem
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            verdict={can.start(permissions, application)}
            onClick={() => lifecycle.run('start')}
          >
            Start
          </GuardedMenuItem>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={dialog === 'commit'} onClose={close} title="Deploy a certain commit">
        {dialog === 'commit' && (
          <CommitForm
            busy={deploy.busy}
            onDeploy={(commit) => {
              deploy.run({ commit });
              close();
            }}
          />
        )}
      </Modal>
      <PlanModal application={application} opened={dialog === 'plan'} onClose={close} />
    </>
  );
}

function CommitForm({ busy, onDeploy }: { busy: boolean; onDeploy: (commit: string) => void }) {
  const [commit, setCommit] = useState('');
  const valid = /^[0-9a-f]{7,64}$/i.test(commit.trim());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onDeploy(commit.trim().toLowerCase());
      }}
    >
      <Stack>
        <TextInput
          label="Commit"
          description="The hash of a commit in the repository, of any branch."
          placeholder="3f9c2e1"
          required
          data-autofocus
          className="hk-mono"
          value={commit}
          error={commit !== '' && !valid ? 'A commit is 7 or more of the digits 0-9 and a-f.' : undefined}
          onChange={(event) => setCommit(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={!valid} loading={busy}>
            Deploy
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
