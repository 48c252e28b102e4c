from .net import shared
