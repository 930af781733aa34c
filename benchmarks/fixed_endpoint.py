"""The fastest a FastAPI endpoint of this contract could be: it answers always the same.

Written as FastAPI's documentation would write it, and served as ``gloact-qa serve`` is: by
Uvicorn with uvloop and httptools, one worker, no access log.

    python -m benchmarks.fixed_endpoint ANSWER.json
"""

import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from gloact_qa.schema import Answer, AskRequest

app = FastAPI()


@app.post("/ask")
async def ask(request: AskRequest) -> Answer:
    """Answer, whatever the question."""
    answer: Answer = app.state.answer
    return answer


def main() -> None:
    """Serve the answer of a file on a free port of the loopback, and print the address."""
    app.state.answer = Answer.model_validate_json(Path(sys.argv[1]).read_bytes())
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        print(f"Serving on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
