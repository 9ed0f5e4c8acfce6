import { Alert, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconPlayerStop, IconRepeat } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useApplication, useCancel, useDeploy } from '../../api/deploy';
import { useParam } from '../../api/hooks';
import { deploymentQuery, isOver, releasesQuery } from '../../api/queries';
import type { Deployment, StepState } from '../../api/types';
import { can } from '../../can';
import { endpoints, paths } from '../../routes';
import { subjectOf } from '../../ui/DeploymentRow';
import { Facts } from '../../ui/Facts';
import { GuardedButton } from '../../ui/Guarded';
import { LinkAnchor } from '../../ui/links';
import { LogView } from '../../ui/LogView';
import { Section, useDocumentTitle } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { QueryView } from '../../ui/QueryView';
import { deploymentAppearance } from '../../ui/status';
import { Status } from '../../ui/Status';
import { Time, Took } from '../../ui/Time';
import { useLog } from '../../ui/useLog';
import { Steps } from './Steps';
import classes from './Steps.module.css';

export function DeploymentPage() {
  const deployment = useQuery(deploymentQuery(useParam('deployment')));
  return <QueryView query={deployment}>{(found) => <View key={found.id} deployment={found} />}</QueryView>;
}

/** One deployment as it goes: its steps beside its log, and its problem above both. */
function View({ deployment }: { deployment: Deployment }) {
  useDocumentTitle(`Deployment ${deployment.number}`);
  const queryClient = useQueryClient();
  const over = isOver(deployment);
  const log = useLog(endpoints.deploymentLog(deployment.id), {
    onOther: (event) => {
      const { queryKey } = deploymentQuery(deployment.id);
      if (event.type === 'step') {
        const step = JSON.parse(event.data) as { name: string; state: StepState; at: string };
        queryClient.setQueryData<Deployment>(queryKey, (known) => known && withStep(known, step));
      }
      if (event.type === 'end') {
        for (const kind of ['deployment', 'application', 'applications', 'deployments', 'releases']) {
          void queryClient.invalidateQueries({ queryKey: [kind] });
        }
      }
    },
  });
  return (
    <Stack>
      <Head deployment={deployment} />
      {deployment.problem && <Failure problem={deployment.problem} over={over} />}
      <div className={classes.layout}>
        <div className={classes.stepsArea}>
          <Section flush title="Steps">
            <Steps steps={deployment.steps} over={over} />
          </Section>
        </div>
        <div className={classes.aboutArea}>
          <About deployment={deployment} />
        </div>
        <Stack miw={0} className={classes.logArea}>
          <ProblemAlert error={log.problem} />
          <LogView
            buffer={log.buffer}
            state={log.state}
            label="Deployment log"
            fileName={`deployment-${deployment.number}.log`}
            empty={over ? 'This deployment wrote nothing.' : 'Lines appear here as they are written.'}
          />
        </Stack>
      </div>
    </Stack>
  );
}

/** Why it failed: what happened and what to do, then the last lines of whatever said so. */
function Failure({ problem, over }: { problem: NonNullable<Deployment['problem']>; over: boolean }) {
  const { application } = useApplication();
  const [what, ...lines] = problem.detail.split('\n');
  return (
    <Alert
      color="red"
      data-tone="red"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={problem.title}
      data-testid="deployment-problem"
    >
      <Stack gap="xs">
        <Text size="sm" className="hk-break">
          {what}
        </Text>
        {lines.length > 0 && (
          <Code block className={classes.lastLines} tabIndex={0} role="region" aria-label="Last lines">
            {lines.join('\n')}
          </Code>
        )}
        <Text size="xs" c="dimmed">
          {over ? '' : 'It is being undone. '}
          {application.status.activeReleaseId
            ? 'What served before still serves.'
            : 'Nothing serves yet: it was never live.'}
        </Text>
      </Stack>
    </Alert>
  );
}

function withStep(known: Deployment, step: { name: string; state: StepState; at: string }): Deployment {
  // A stream begins with what was, so a step must not fall back behind what is known of it.
  const steps = known.steps.map((before) => {
    if (before.name !== step.name || before.finishedAt !== undefined) return before;
    return step.state === 'running'
      ? { ...before, state: step.state, startedAt: step.at }
      : { ...before, state: step.state, finishedAt: step.at };
  });
  return { ...known, steps };
}

const ENDED: Partial<Record<Deployment['state'], string>> = {
  superseded: 'a newer deployment took its place before it began',
  cancelled: 'what it had made is gone again; what served before still serves',
};

function Head({ deployment }: { deployment: Deployment }) {
  const { application, permissions } = useApplication();
  const releases = useQuery(releasesQuery(application.id));
  const cancel = useCancel(application);
  const deploy = useDeploy(application);
  const release = releases.data?.find(({ id }) => id === deployment.releaseId);
  const over = isOver(deployment);
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={3} miw={0}>
        <Group gap="sm">
          <Title order={2}>
            <LinkAnchor inherit to={paths.applicationDeployments} params={{ application: application.id }}>
              Deployments
            </LinkAnchor>{' '}
            / #{deployment.number}
          </Title>
          <span data-testid="deployment-state" data-state={deployment.state}>
            <Status look={deploymentAppearance(deployment.state)} pill />
          </span>
        </Group>
        <Text size="sm" className="hk-break">
          {subjectOf(deployment)}
          {deployment.state in ENDED && (
            <Text span c="dimmed">
              {' '}
              · {ENDED[deployment.state]}
            </Text>
          )}
        </Text>
      </Stack>
      <Group gap="xs">
        {!over && (
          <GuardedButton
            verdict={can.cancel(permissions, deployment)}
            variant="default"
            leftSection={<IconPlayerStop size={16} aria-hidden />}
            loading={cancel.busy}
            onClick={() => cancel.run(deployment)}
          >
            Cancel
          </GuardedButton>
        )}
        {over && deployment.state !== 'succeeded' && deployment.kind === 'deploy' && (
          <GuardedButton
            verdict={can.deploy(permissions, application)}
            variant="default"
            leftSection={<IconRepeat size={16} aria-hidden />}
            loading={deploy.busy}
            onClick={() => deploy.run(deployment.commit ? { commit: deployment.commit.sha } : {})}
          >
            Try again
          </GuardedButton>
        )}
        {deployment.state === 'succeeded' && release && (
          <>
            {deployment.commit && (
              <GuardedButton
                verdict={can.redeploy(permissions, deployment)}
                variant="default"
                leftSection={<IconRepeat size={16} aria-hidden />}
                loading={deploy.busy}
                onClick={() => deploy.run({ commit: deployment.commit?.sha })}
              >
                Redeploy
              </GuardedButton>
            )}
            <GuardedButton
              verdict={can.rollBack(permissions, release, application)}
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              loading={deploy.busy}
              onClick={() => deploy.run({ releaseId: release.id })}
            >
              Roll back to this
            </GuardedButton>
          </>
        )}
      </Group>
    </Group>
  );
}

function About({ deployment }: { deployment: Deployment }) {
  const { commit, createdBy, createdAt, startedAt, finishedAt } = deployment;
  return (
    <Section>
      <Facts
        facts={[
          ['Asked for by', createdBy],
          ['Asked for', <Time key="created" at={createdAt} />],
          ...(startedAt
            ? ([['Took', <Took key="took" from={startedAt} to={finishedAt} />]] as [string, React.ReactNode][])
            : []),
          ...(commit
            ? ([
                ['Commit', <Code key="commit">{commit.sha.slice(0, 12)}</Code>],
                ['Author', commit.author],
              ] as [string, React.ReactNode][])
            : []),
          ...(deployment.reason ? ([['Reason', deployment.reason]] as [string, React.ReactNode][]) : []),
        ]}
      />
    </Section>
  );
}
