from django.core.management.base import BaseCommand, CommandError

from toolkit_site.generated import GeneratedNetwork, NotEmpty


class Command(BaseCommand):
    help = "Makes a network of any size in an empty database, the same for the same numbers."

    def add_arguments(self, parser):
        parser.add_argument("--affiliates", type=int, default=10)
        parser.add_argument("--chapters", type=int, default=10)
        parser.add_argument("--languages", type=int, default=1)
        parser.add_argument("--adapted", default="20", help="percent of chapter editions with local words")
        parser.add_argument("--blocks", type=int, default=40, help="blocks in a chapter")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, affiliates, chapters, languages, adapted, blocks, seed, **options):
        try:
            percent = int(adapted.removesuffix("%"))
            if not 0 <= percent <= 100 or min(affiliates, chapters, blocks) < 0:
                raise ValueError("Numbers are at least 0, percentages at most 100")
            network = GeneratedNetwork(
                affiliates, chapters, languages, percent, blocks=blocks, seed=seed, say=self.stdout.write
            )
            network.build()
        except (ValueError, NotEmpty) as error:
            raise CommandError(str(error)) from error
