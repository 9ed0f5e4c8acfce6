import { createSpotlight } from '@mantine/spotlight';

/** Whether the palette is open, for those who open it and for the palette itself. */
export const [paletteStore, palette] = createSpotlight();
