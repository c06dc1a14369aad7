// The least a server can do: node:http, the same body parsed, an answer of the same size.
import { createServer } from 'node:http';

const answer = process.argv[2];
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const rows = chunks.length === 0 ? [] : JSON.parse(Buffer.concat(chunks).toString()).dataframe_records;
    response.setHeader('content-type', 'application/json');
    response.end(Array.isArray(rows) ? answer : '');
  });
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` })));
