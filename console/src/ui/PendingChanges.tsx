import { Alert, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useApplication, useDeploy } from '../api/deploy';
import { can } from '../can';
import { GuardedButton } from './Guarded';

/** Says that something was changed which does not run yet, and offers to make it run. */
export function PendingChanges() {
  const { application, permissions } = useApplication();
  const deploy = useDeploy(application);
  const { status } = application;
  if (!status.pendingChanges || status.activeReleaseId === undefined) return null;
  return (
    <Alert color="lantern" p="sm" data-testid="pending-changes">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          There are changes that do not run yet. Re-release to apply them: the image stays, no build is needed unless a
          build-time value changed.
        </Text>
        <GuardedButton
          verdict={can.deploy(permissions, application)}
          size="xs"
          leftSection={<IconRefresh size={15} aria-hidden />}
          loading={deploy.busy}
          onClick={() => deploy.run({})}
        >
          Re-release
        </GuardedButton>
      </Group>
    </Alert>
  );
}
