"""What libraries read from the disk before they do anything else."""
import io

import boto3
import geoip2.database
import h5py
from dotenv import dotenv_values, load_dotenv


async def settings(text: str):
    load_dotenv()  # >> async/blocking-file-io @`load_dotenv` "the disk"
    return dotenv_values(stream=io.StringIO(text))  # >> quiet


async def models(session: boto3.Session):
    session.client("s3")  # >> async/blocking-file-io @`session.client`
    boto3.session.Session()  # >> quiet
    return boto3.client("s3")  # >> async/blocking-file-io @`boto3.client`


async def addresses():
    with geoip2.database.Reader("city.mmdb") as reader:  # >> async/blocking-file-io @`geoip2.database.Reader`
        return reader.city("1.2.3.4")  # >> quiet


async def arrays():
    with h5py.File("a.h5") as file:  # >> async/blocking-file-io @`h5py.File`
        return list(file.keys())  # >> quiet
