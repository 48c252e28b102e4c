/** Sessions that stay open, or stay lent, for as long as a client reads a streamed response. */
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "db/session-held-while-streaming",
  summary: "A session that is held while a response is streamed lasts as long as the slowest client",
  severity: "warning",
  docs: {
    why: "A session that has run a statement keeps a connection of the pool until it is committed or closed. Held around the loop that yields a response, it keeps it for as long as that loop waits: for a model that answers word by word, for a client on a slow line. A few dozen of those, and everybody else waits for a connection. FastAPI takes a session that a dependency yields back when the response is over (before 0.106 and from 0.118 on; in between it closed it first, and a generator that used it took another connection that nobody gave back), so a handler that only looked something up holds it just as long.",
    instead:
      "Read what is needed, close the session, then stream. Open another one to write when it is done. A handler closes (or commits) the one a dependency lent it before it gives back the response.",
    bad: `from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

app = FastAPI()
engine = create_async_engine("postgresql+asyncpg://db.example/shop")


async def answer(model, question):
    async with AsyncSession(engine) as session:
        history = await session.scalar(text("select history from chats"))
        async for word in model.stream(history, question):
            yield word


@app.get("/chat")
async def chat(question: str):
    return StreamingResponse(answer(app.state.model, question))
`,
    good: `from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

app = FastAPI()
engine = create_async_engine("postgresql+asyncpg://db.example/shop")


async def answer(model, question):
    async with AsyncSession(engine) as session:
        history = await session.scalar(text("select history from chats"))
    async for word in model.stream(history, question):
        yield word


@app.get("/chat")
async def chat(question: str):
    return StreamingResponse(answer(app.state.model, question))
`,
    silentWhen: [
      "the loop goes through what the session itself gives (rows that are streamed)",
      "it is committed, rolled back or closed before the loop, or by the function of the project that was the last to get it",
      "it was not used before the loop",
      "a dependency lent it, and what is streamed is no generator of the project: such streams are short",
      "nobody knows that the generator is given to a streaming response",
    ],
  },
  options: {},
  on: "function",
  *check(fn) {
    for (const { name, what, span, path, likely } of fn.streaming()) {
      yield {
        at: span,
        message: `\`${name}\`, a ${what}, keeps its connection for as long as the response is streamed`,
        confidence: likely ? "likely" : "certain",
        path,
        fixes: [],
      };
    }
  },
});
