"""Libraries with a name for the plain form, one for the awaitable form, and some that only sound like waiting."""
from io import BytesIO
from multiprocessing.connection import Connection

import niquests
import paho.mqtt.client as mqtt
import pinecone
import portalocker
import pypdf
import sh
import shopify
import tinydb
from sqlalchemy import create_engine, inspect
from supabase import Client, create_async_client, create_client

supabase: Client = create_client("https://example.test", "key")
engine = create_engine("sqlite://")


async def queries_are_built_before_they_are_sent(number: int):
    pending = supabase.table("orders").select("*").eq("number", number)  # >> quiet
    pending.execute()  # >> async/blocking-call @`pending.execute` "a database reply"
    supabase.storage.from_("receipts").get_public_url("1.pdf")  # >> quiet
    supabase.storage.from_("receipts").upload("1.pdf", b"")  # >> async/blocking-call "a network reply"
    supabase.auth.get_user("token")  # >> async/blocking-call "a network reply"
    other = await create_async_client("https://example.test", "key")
    await other.table("orders").select("*").execute()  # >> quiet


async def publishing_queues(client: mqtt.Client):
    client.connect_async("broker")  # >> quiet
    client.loop_start()  # >> quiet
    sent = client.publish("orders", "1")  # >> quiet
    sent.wait_for_publish()  # >> async/blocking-call @`sent.wait_for_publish`
    client.connect("broker")  # >> async/blocking-call @`client.connect`


async def work_that_goes_on_behind():
    sh.git("fetch", _bg=True)  # >> quiet
    await sh.git("fetch", _async=True)  # >> quiet
    sh.git("fetch")  # >> async/blocking-call @`sh.git` "another process"


async def vectors(client: pinecone.Pinecone, aio: pinecone.AsyncIndex):
    index = client.Index(host="orders.example.test")  # >> quiet
    index.upsert([], async_req=True)  # >> quiet
    index.upsert([])  # >> async/blocking-call @`index.upsert`
    client.Index("orders")  # >> async/blocking-call @`client.Index`
    await aio.upsert([])  # >> quiet


async def asking_once(file, pipe: Connection):
    portalocker.lock(file, portalocker.LOCK_EX | portalocker.LOCK_NB)  # >> quiet
    portalocker.lock(file, portalocker.LOCK_EX)  # >> async/blocking-call "a lock"
    pipe.poll()  # >> quiet
    pipe.poll(0)  # >> quiet
    pipe.poll(5)  # >> async/blocking-call @`pipe.poll` "another process"


async def what_is_inspected(order):
    inspect(order).persistent  # >> quiet
    tables = inspect(engine)  # >> quiet
    tables.get_table_names()  # >> async/blocking-call @`tables.get_table_names` "a database reply"


async def requests_by_two_names():
    await niquests.aget("https://example.test")  # >> quiet
    niquests.get("https://example.test")  # >> async/blocking-call @`niquests.get`
    shopify.Product.find(1)  # >> async/blocking-call @`shopify.Product.find`


async def where_the_bytes_are(body: bytes):
    pypdf.PdfReader(BytesIO(body))  # >> quiet
    pypdf.PdfReader("order.pdf")  # >> async/blocking-file-io @`pypdf.PdfReader` "the disk"
    tinydb.TinyDB(storage=dict)  # >> quiet
    tinydb.TinyDB("orders.json")  # >> async/blocking-file-io @`tinydb.TinyDB` "the disk"
