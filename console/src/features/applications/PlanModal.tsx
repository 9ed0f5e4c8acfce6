import { Code, List, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../api/client';
import type { Application, DeploymentPlan } from '../../api/types';
import { endpoints } from '../../routes';
import { QueryView } from '../../ui/QueryView';
import { headline } from '../../ui/source';

interface PlanModalProps {
  application: Application;
  opened: boolean;
  onClose: () => void;
}

/** What a deployment would do, asked of the control plane without doing it. */
export function PlanModal({ application, opened, onClose }: PlanModalProps) {
  const plan = useQuery({
    queryKey: ['plan', application.id],
    queryFn: () => client.post<DeploymentPlan>(endpoints.deployments(application.id), {}, { query: { dryRun: true } }),
    enabled: opened,
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Modal opened={opened} onClose={onClose} title="What a deployment would do" size="lg">
      <QueryView query={plan}>
        {(found) => (
          <Stack>
            {found.commit && (
              <Text size="sm">
                Commit <Code>{found.commit.sha.slice(0, 12)}</Code> {headline(found.commit)}
              </Text>
            )}
            {found.actions.length === 0 ? (
              <Text size="sm">Nothing: what runs is what is configured.</Text>
            ) : (
              <List type="ordered" size="sm" spacing={6}>
                {found.actions.map((action, index) => (
                  <List.Item key={index} className="hk-break">
                    {sentence(action)}
                  </List.Item>
                ))}
              </List>
            )}
          </Stack>
        )}
      </QueryView>
    </Modal>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
