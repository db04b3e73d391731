"""A person who fills the questionnaire in a browser."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Respondent:
    """A browser in which a personal link was started."""

    page: Page
    url: str

    def open(self, name: str = "") -> Page:
        """Open a page of the form."""
        self.page.goto(f"{self.url}/form/{name}".rstrip("/"))
        return self.page

    def section(self, letter: str) -> Page:
        """Open a section."""
        return self.open(f"section_{letter}")

    def choose(self, name: str, *options: str) -> None:
        """Tick options of a question, or one of its buttons."""
        for option in options:
            self.page.locator(f'input[name="{name}"][value="{option}"]').check()

    def write(self, name: str, text: str) -> Locator:
        """Write into a field."""
        field = self.page.locator(f'[name="{name}"]')
        field.fill(text)
        return field

    def pick(self, name: str, *options: str) -> None:
        """Choose from the lists of a question, one after the other."""
        for place, option in enumerate(options):
            self.page.locator(f'select[name="{name}"]').nth(place).select_option(option)

    def press(self, button: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def send(self, button: str) -> None:
        """Press a button that leads to a page, and wait until that page is there."""
        with self.page.expect_navigation():
            self.press(button)

    def expect_saved(self) -> None:
        """Wait until everything is saved."""
        expect(self.page.locator("#save-status")).to_contain_text("All changes saved")


@dataclass(frozen=True)
class Filling(Respondent):
    """Answers the questionnaire with every kind of question in it, section by section."""

    javascript: bool

    def save_and_see(self, selector: str) -> None:
        """What depends on an answer is there at once with a script, and after saving without."""
        if not self.javascript:
            self.press("Save")
        expect(self.page.locator(selector).first).to_be_visible()

    def go_on(self, letter: str) -> None:
        """Save, and be led to the next section."""
        self.press("Save and continue")
        expect(self.page).to_have_url(f"{self.url}/form/section_{letter}")

    def fill_everything(self) -> None:
        """From the first section to the sixth."""
        self.section("a")
        self.respondent()
        self.go_on("b")
        self.process()
        self.go_on("c")
        self.agenda()
        self.go_on("d")
        self.outputs()
        self.go_on("e")
        self.structure()
        self.go_on("f")
        self.participants()
        self.go_on("g")

    def respondent(self) -> None:
        """Choices, personal data, a table that grows."""
        self.choose("resp_role", "other")
        self.save_and_see("#f-resp_role_other")
        self.write("resp_role_other", "A former secretariat")
        self.write("resp_name", "The focal point")
        self.write("resp_email", "office@example.org")
        self.write("contributors.0.contributor_entity", "Ministry of Interior")
        self.press("Add a row")
        self.write("contributors.1.contributor_entity", "Ministry of Labour")
        self.write("contributors.1.contributor_state", "Arcadia")
        self.choose("attribution", "publish")

    def process(self) -> None:
        """Numbers, long texts, a remark, a reason for no answer, a ranking."""
        self.choose("rcp_name_check", "correct")
        self.write("year_founded", "1996")
        self.write("founding_event", "A conference in the capital,\nafter a sudden influx.")
        self.page.locator("#item-founding .remarks summary").click()
        self.write("year_founded:comment", "The charter followed two years later.")
        self.write("year_founded:source", "Charter, preamble")
        self.write("members.0.member_state", "Arcadia")
        self.pick("members.0.member_role", "member")
        self.write("members.0.member_since", "1996")
        self.choose("composition", ":na")
        self.choose("themes", "data", "health", "trafficking")
        self.save_and_see("#f-themes_top-3")
        self.pick("themes_top", "health", "data", "trafficking")

    def agenda(self) -> None:
        """Questions that depend on answers, and a date."""
        self.choose("md_founding", "priority")
        self.choose("md_treatment", "ad_hoc")
        self.save_and_see("#f-md_entry_on")
        self.write("md_founding_ref", "Article 2: “… for development”")
        self.choose("md_frequency", "some")
        self.choose("md_topics", "remittances", "diaspora")
        self.choose("md_entry_theme", "data")
        self.write("md_entry_on", "2004-05-31")

    def outputs(self) -> None:
        """A table that appears with an answer."""
        self.choose("output_types", "declaration", "study")
        self.save_and_see('[name="outputs.0.output_title"]')
        self.write("outputs.0.output_title", "Study of remittances")
        self.pick("outputs.0.output_kind", "study")
        self.choose("followup", "partial")
        self.choose("obstacles", "funding", "staff")

    def structure(self) -> None:
        """A matrix with one answer in each row, and decimals."""
        self.choose("levels_technical", "yearly")
        self.choose("levels_senior", "two_yearly")
        self.pick("levels_ministerial:missing", "dk")
        self.choose("secretariat", "own")
        self.save_and_see("#f-sec_staff")
        self.write("sec_staff", "2.5")
        self.choose("sec_capacity", "partly")
        self.choose("funding", "voluntary")

    def participants(self) -> None:
        """A matrix with several answers in each row, and «none of these»."""
        self.choose("ministries_interior", "founding", "regular")
        self.choose("ministries_health", "never")
        self.choose("dev_actors", "none")


SAID = (
    "A former secretariat",
    "Ministry of Labour",
    "1996",
    "after a sudden influx.",
    "The charter followed two years later.",
    "Charter, preamble",
    "Does not apply",
    "1. Migration and health; 2. Data and research; 3. Trafficking in persons",
    "Article 2: “… for development”",
    "2004-05-31",
    "Study of remittances",
    "Every two years",
    "Don’t know",
    "2.5",
    "At the founding meeting; Regularly",
)
"""What the review says of these answers."""
