from django.db import models


class PublishedQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published=True)


class ArticleManager(models.Manager):
    def recent(self):
        return self.order_by("-created")


class Article(models.Model):
    title = models.CharField(max_length=100)
    objects = ArticleManager()
    shown = PublishedQuerySet.as_manager()

    def related(self):
        return list(Article.objects.filter(title=self.title))
