import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createPictureFetcher, PICTURE_BYTES_MAX, type FetchRules } from './fetch-picture.ts';
import { isPublicAddress } from './public-address.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; port: string }> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = String((server.address() as AddressInfo).port);
  return { url: `http://127.0.0.1:${port}`, port };
}
async function fetchFrom(listener: RequestListener, rules: Partial<FetchRules> = {}, path = '/a.png') {
  const { url, port } = await serve(listener);
  const fetcher = createPictureFetcher({ isAllowed: (address) => address === '127.0.0.1', ports: [port], ...rules });
  return fetcher.fetch(url + path).finally(() => fetcher.close());
}
const picture: RequestListener = (_, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);

describe('addresses', () => {
  test.each(['127.0.0.1', '127.9.9.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.100.100.200', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', '2001::1', 'localhost', ''])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  test.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.255.255', '2606:4700:4700::1111', '2a00:1450:4001::1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('fetching', () => {
  test('a picture comes with the extension of what it is, not of what it is called', async () => {
    expect(await fetchFrom(picture, {}, '/cup.jpg')).toEqual({ extension: 'png', content: PNG });
  });

  test.each(['http://127.0.0.1/a.png', 'http://[::1]/a.png', 'http://169.254.169.254/latest', 'http://2130706433/a.png', 'http://0x7f.1/a.png', 'http://[::ffff:10.0.0.1]/a.png'])('%s is not asked at all', async (url) => {
    const fetcher = createPictureFetcher();
    await expect(fetcher.fetch(url)).rejects.toThrow('is not a public address');
    await fetcher.close();
  });

  test('a name that leads home is refused when it is resolved', async () => {
    let asked = 0;
    const { port } = await serve((_, response) => void (asked++, response.end()));
    const fetcher = createPictureFetcher({ ports: [port] });
    await expect(fetcher.fetch(`http://localhost:${port}/a.png`)).rejects.toThrow(/localhost leads to (127\.0\.0\.1|::1), which is not a public address/);
    await fetcher.close();
    expect(asked).toBe(0);
  });

  test('a redirect to a private address is refused', async () => {
    const away: RequestListener = (_, response) => void response.writeHead(302, { location: 'http://192.168.0.1/secret' }).end();
    await expect(fetchFrom(away, { ports: ['', '80', '443'].concat([]) })).rejects.toThrow();
    const { url, port } = await serve(away);
    const fetcher = createPictureFetcher({ isAllowed: (address) => address === '127.0.0.1', ports: [port, ''] });
    await expect(fetcher.fetch(url)).rejects.toThrow('192.168.0.1 is not a public address');
    await fetcher.close();
  });

  test('redirects are followed, but not for ever', async () => {
    const twice: RequestListener = (request, response) => (request.url === '/c' ? picture(request, response as never) : void response.writeHead(301, { location: request.url === '/b' ? '/c' : '/b' }).end());
    expect((await fetchFrom(twice)).extension).toBe('png');
    await expect(fetchFrom((_, response) => void response.writeHead(302, { location: '/again' }).end())).rejects.toThrow('more than 3 redirects');
  });

  test('too large is cut off, whatever the length says', async () => {
    const endless: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      const chunk = Buffer.alloc(1 << 18);
      let sent = 0;
      const more = () => {
        while (sent < PICTURE_BYTES_MAX * 3) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    await expect(fetchFrom(endless)).rejects.toThrow('larger than 5 MB');
  });

  test('a server that never answers is given up', async () => {
    await expect(fetchFrom(() => undefined, { limitMs: 200 })).rejects.toThrow('took longer than 0.2 seconds');
  });

  test('what is no picture is refused: by type, by content, by status, by scheme, by port', async () => {
    await expect(fetchFrom((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'))).rejects.toThrow('with text/html instead of a picture');
    await expect(fetchFrom((_, response) => void response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg onload="x"/>'))).rejects.toThrow('is none of jpg, png');
    await expect(fetchFrom((_, response) => void response.writeHead(404, { 'content-type': 'image/png' }).end(PNG))).rejects.toThrow('answered 404');
    const fetcher = createPictureFetcher();
    await expect(fetcher.fetch('ftp://cdn.example/a.png')).rejects.toThrow('only http and https');
    await expect(fetcher.fetch('http://cdn.example:6379/a.png')).rejects.toThrow('only the ports 80 and 443');
    await fetcher.close();
  });
});
