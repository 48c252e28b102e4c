"""Objects of libraries, known by the names of their classes, and what only looks like waiting."""
import azure.core.polling
import docker
import ffmpeg
import geoip2.database
import geoip2.webservice
from algoliasearch.search.client import SearchClientSync
from azure.data.tables import TableClient
from azure.search.documents import SearchClient
from docker.models.containers import Container
from elasticsearch.client import IndicesClient
from elasticsearch.dsl import Search
from github.PaginatedList import PaginatedList
from github.Repository import Repository
from google.cloud import bigquery, datastore, firestore, pubsub_v1, storage
from google.cloud.spanner_v1.database import Database
from httpx_sse import aconnect_sse, connect_sse
from huey.api import Result
from kombu import Connection
from ldap.ldapobject import SimpleLDAPObject


async def containers(container: Container):
    container.restart()  # >> async/blocking-call @`container.restart` "a network reply"
    print(container.status)  # >> quiet
    with docker.from_env(version="1.44") as client:  # >> quiet
        client.containers.run("alpine")  # >> async/blocking-call @`client.containers.run`
        found = client.containers.get("a")  # >> async/blocking-call @`client.containers.get`
        found.stop()  # >> async/blocking-call @`found.stop`


async def negotiating():
    with docker.from_env():  # >> async/blocking-call @`docker.from_env` "a network reply"
        pass


async def repository(repo: Repository, pages: PaginatedList):
    repo.create_issue("broken")  # >> async/blocking-call @`repo.create_issue`
    issues = repo.get_issues()  # >> quiet
    for issue in issues:  # >> async/blocking-call @`issues`
        print(issue)
    return pages.totalCount  # >> async/blocking-call @`pages.totalCount`


async def search(indices: IndicesClient, search: Search, hits: SearchClientSync):
    indices.refresh(index="a")  # >> async/blocking-call @`indices.refresh`
    narrowed = search.filter("term", a=1).sort("b")[:10]  # >> quiet
    narrowed.execute()  # >> async/blocking-call @`narrowed.execute`
    hits.search_single_index("a")  # >> async/blocking-call @`hits.search_single_index`


async def tables(table: TableClient, documents: SearchClient, poller: azure.core.polling.LROPoller):
    table.create_entity({})  # >> async/blocking-call @`table.create_entity`
    rows = table.query_entities("a eq 1")  # >> quiet
    for row in rows:  # >> async/blocking-call @`rows`
        print(row)
    found = documents.search("a")  # >> quiet
    print(list(found))  # >> async/blocking-call @`list`
    if poller.done():  # >> quiet
        return None
    return poller.result()  # >> async/blocking-call @`poller.result` "another thread"


async def cloud(files: storage.Client, warehouse: bigquery.Client, store: firestore.Client, entities: datastore.Client, spanner: Database):
    buckets = files.list_buckets()  # >> quiet
    for bucket in buckets:  # >> async/blocking-call @`buckets`
        print(bucket.name)
    listing = warehouse.list_tables("a")  # >> quiet
    print([each for each in listing])  # >> async/blocking-call @`listing`
    count = store.collection("a").count()  # >> quiet
    count.get()  # >> async/blocking-call @`count.get`
    query = entities.query(kind="a")  # >> quiet
    pages = query.fetch()  # >> quiet
    for page in pages:  # >> async/blocking-call @`pages`
        print(page)
    spanner.run_in_transaction(print)  # >> async/blocking-call @`spanner.run_in_transaction`


async def publish(publisher: pubsub_v1.PublisherClient):
    future = publisher.publish("topic", b"data")  # >> quiet
    future.add_done_callback(print)  # >> quiet
    return future.result()  # >> async/blocking-call @`future.result`


async def queues(connection: Connection, result: Result):
    queue = connection.SimpleQueue("a")  # >> async/blocking-call @`connection.SimpleQueue`
    queue.get(block=False)  # >> async/blocking-call @`queue.get`
    return result.get()  # >> async/blocking-call @`result.get`


async def events(client, asynchronous):
    async with aconnect_sse(asynchronous, "GET", "/events") as source:  # >> quiet
        async for event in source.aiter_sse():  # >> quiet
            print(event)
    with connect_sse(client, "GET", "/events") as source:  # >> async/blocking-call @`connect_sse(client, "GET", "/events")`
        print(source.response)


async def video():
    stream = ffmpeg.input("a.mp4").hflip().output("b.mp4")  # >> quiet
    process = stream.run_async()  # >> quiet
    stream.run()  # >> async/blocking-call @`stream.run` "another process"
    return process, ffmpeg.probe("b.mp4")  # >> async/blocking-call @`ffmpeg.probe`


async def places(reader: geoip2.database.Reader, service: geoip2.webservice.Client, remote: geoip2.webservice.AsyncClient):
    print(reader.city("1.2.3.4"))  # >> quiet
    print(await remote.city("1.2.3.4"))  # >> quiet
    return service.city("1.2.3.4")  # >> async/blocking-call @`service.city`


async def directory(connection: SimpleLDAPObject):
    connection.search("dc=a", 2)  # >> quiet
    return connection.search_s("dc=a", 2)  # >> async/blocking-call @`connection.search_s`
