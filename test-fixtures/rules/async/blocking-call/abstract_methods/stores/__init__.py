from .base import Catalogue, Clock, Closing, Hook, Index, Inbox, Store
