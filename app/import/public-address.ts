/** Which addresses a machine may be sent to on a stranger's word: public ones only (RFC 6890, RFC 4291, RFC 4193). */
import { BlockList, isIP } from 'node:net';

const PRIVATE_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
];
/** Global unicast is 2000::/3; inside it these lead somewhere else: special use, documentation, tunnels that hide an IPv4 address. */
const SPECIAL_V6: readonly (readonly [string, number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]];

const notPublic = new BlockList();
for (const [network, prefix] of PRIVATE_V4) notPublic.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_V6) notPublic.addSubnet(network, prefix, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/** False for loopback, private, link-local, shared, multicast and documentation ranges, mapped and tunnelled ones too. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, 'ipv4');
    case 6:
      return globalV6.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
    default:
      return false;
  }
}
