import type { ServicePageView } from '../../terminal/contract/service-mode.ts';

export interface PageProps<Kind extends ServicePageView['kind']> {
  readonly page: Extract<ServicePageView, { kind: Kind }>;
}
