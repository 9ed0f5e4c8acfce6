import { Stack } from '@mantine/core';
import { useApplication } from '../../api/deploy';
import { PendingChanges } from '../../ui/PendingChanges';
import { Configuration } from './Configuration';
import { DangerZone } from './DangerZone';

export function SettingsTab() {
  const { application } = useApplication();
  return (
    <Stack maw={760}>
      <PendingChanges />
      {/* The form begins anew from what was saved, here or by somebody else. */}
      <Configuration key={application.version} application={application} />
      <DangerZone application={application} />
    </Stack>
  );
}
