"""A server of price lists for tests: answers ranges, and can break off in the middle of a file.

server.py FOLDER [BREAK_AFTER_BYTES]: prints its port. The first request for a path ending in .csv
is broken off after that many bytes.
"""
import http.server
import os
import re
import sys

folder = sys.argv[1]
break_after = int(sys.argv[2]) if len(sys.argv) > 2 else None
broken = set()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open(os.path.join(folder, "requests.log"), "a") as log:
            key = self.headers.get("X-Goog-Api-Key", "-")
            log.write(f"{self.path} {self.headers.get('Range', '-')} {key}\n")
        path, _, query = self.path.partition("?")
        token = re.search(r"pageToken=([^&]*)", query)
        name = path.strip("/").replace("/", "_") + (f"_{token[1]}" if token else "")
        try:
            with open(os.path.join(folder, name), "rb") as file:
                body = file.read()
        except OSError:
            return self.send_error(404)
        start = 0
        wanted = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if wanted:
            start = int(wanted[1])
            if start >= len(body):
                return self.send_error(416)
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        if break_after is not None and path.endswith(".csv") and path not in broken:
            broken.add(path)
            self.wfile.write(body[start:start + break_after])
            self.close_connection = True
            return
        self.wfile.write(body[start:])

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
