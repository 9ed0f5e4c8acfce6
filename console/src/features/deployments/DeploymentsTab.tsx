import { Button, Center } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useApplication, useDeploy } from '../../api/deploy';
import { deploymentsQuery } from '../../api/queries';
import { can } from '../../can';
import { DeploymentRow } from '../../ui/DeploymentRow';
import { EmptyState } from '../../ui/EmptyState';
import { GuardedButton } from '../../ui/Guarded';
import { Section } from '../../ui/Page';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Lines } from '../../ui/QueryView';

export function DeploymentsTab() {
  const { application, permissions } = useApplication();
  const deployments = useInfiniteQuery(deploymentsQuery(application.id));
  const deploy = useDeploy(application);
  if (!deployments.data) {
    return deployments.error ? (
      <ProblemAlert error={deployments.error} onRetry={() => void deployments.refetch()} />
    ) : (
      <Section flush>
        <Lines count={8} />
      </Section>
    );
  }
  const items = deployments.data.pages.flatMap((page) => page.items);
  return (
    <Section flush>
      {items.length === 0 ? (
        <EmptyState
          title="No deployments yet"
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
          Each attempt to make a release live is listed here, with its steps and its log.
        </EmptyState>
      ) : (
        items.map((deployment) => <DeploymentRow key={deployment.id} deployment={deployment} />)
      )}
      {deployments.hasNextPage && (
        <Center p="sm">
          <Button
            variant="default"
            size="xs"
            loading={deployments.isFetchingNextPage}
            onClick={() => void deployments.fetchNextPage()}
          >
            Older deployments
          </Button>
        </Center>
      )}
    </Section>
  );
}
