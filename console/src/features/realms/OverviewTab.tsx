import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { realmClientsQuery } from '../../api/queries';
import { paths } from '../../routes';
import { CopyField } from '../../ui/Copy';
import { Facts } from '../../ui/Facts';
import { LinkButton } from '../../ui/links';
import { Section } from '../../ui/Page';
import { Time } from '../../ui/Time';
import { useRealm } from './realm';
import { SIGN_UP, discoveryOf } from './words';

export function OverviewTab() {
  const { realm, params } = useRealm();
  const clients = useQuery(realmClientsQuery(realm.id));
  const choice = (choices: { value: string; label: string; description: string }[], value: string) => {
    const found = choices.find((candidate) => candidate.value === value);
    return found ? `${found.label}. ${found.description}` : value;
  };
  return (
    <Stack>
      {clients.data?.length === 0 && (
        <Section
          title="Next: a client"
          actions={
            <LinkButton to={paths.realmClients} params={params}>
              Add a client
            </LinkButton>
          }
        >
          <Text size="sm" c="dimmed">
            Each application that people sign in to is a client: it has an id, perhaps a secret, and the addresses that
            answers may go to.
          </Text>
        </Section>
      )}
      <Section title="For applications" description="What a client library asks for; most need the issuer alone.">
        <Stack>
          <CopyField label="Issuer" value={realm.issuer} />
          <CopyField label="Discovery document" value={discoveryOf(realm.issuer)} />
        </Stack>
      </Section>
      <Section title="About">
        <Facts
          facts={[
            ['Name', <span className="hk-mono">{realm.name}</span>],
            ['Host', realm.host ?? "A path on the platform's own address"],
            ['Sign-up', choice(SIGN_UP, realm.signUp.mode)],
            ['Signs with', realm.algorithm],
            ['Made', <Time at={realm.createdAt} />],
          ]}
        />
      </Section>
    </Stack>
  );
}
