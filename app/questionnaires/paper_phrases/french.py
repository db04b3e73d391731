"""What the papers say of their own, in French."""

from app.questionnaires.paper_phrases.phrases import PaperPhrases

FRENCH = PaperPhrases(
    skip="Aller au contenu",
    help="Aide\u00a0:",
    form="Formulaire vierge",
    codebook="Dictionnaire des variables",
    languages="Langue du formulaire",
    to_print="{title} ({language}), à imprimer",
    lead="Formulaire vierge, version {version}. Nombre de questions\u00a0: {questions}.",
    lead_with_core=(
        "Formulaire vierge, version {version}. Nombre de questions\u00a0: {questions}, "
        "dont questions essentielles\u00a0: {core}."
    ),
    institution="Institution\u00a0:",
    shows_all=(
        "Ce formulaire présente tout ce qui peut être demandé. Passez ce qui, d’après "
        "la ligne marquée d’une flèche, ne vous concerne pas."
    ),
    personal="données personnelles, jamais publiées",
    at_the_end="À remplir au moment de renvoyer le questionnaire.",
    picture_here="Le formulaire à l’écran montre ici une image.",
    rows="Lignes",
    tick_one="Cochez une seule case.",
    tick_all="Cochez tout ce qui convient.",
    tick_one_in_rows="Cochez une case par ligne.",
    tick_all_in_rows="Cochez dans chaque ligne tout ce qui convient.",
    nothing_else="(et rien d’autre)",
    ring_one="Entourez un seul nombre.",
    rank_all="Numérotez dans votre ordre\u00a0: 1 pour le premier rang.",
    rank_top=(
        "Numérotez uniquement ce qui importe le plus, de 1 à {top}\u00a0: 1 pour le premier rang."
    ),
    whole_number="Un nombre entier.",
    number="Un nombre.",
    number_between="Un nombre de {start} à {end}.",
    number_in_steps="Un nombre de {start} à {end}, par pas de {step}.",
    day="Jour",
    month="Mois",
    year="Année",
    hour="Heure",
    minute="Minute",
    latitude="Latitude en degrés (négative au sud)",
    longitude="Longitude (négative à l’ouest)",
    attach="Joignez ce dont vous disposez et indiquez-en ici le titre.",
    one_row_each="Une ligne pour chaque entrée.",
    rows_at_least="Une ligne pour chaque entrée. Nombre minimal de lignes\u00a0: {least}.",
    rows_at_most="Une ligne pour chaque entrée. Nombre maximal de lignes\u00a0: {most}.",
    rows_between="Une ligne pour chaque entrée. Nombre de lignes\u00a0: de {least} à {most}.",
    continue_="Si les lignes ne suffisent pas, continuez sur une feuille libre.",
    key_one="Inscrivez un seul numéro de la légende ci-dessous.",
    key_several="Inscrivez des numéros de la légende ci-dessous.",
    codebook_of="Dictionnaire des variables\u00a0: {title} {version}",
    codebook_lead=", version {version}. Nombre de questions\u00a0: {questions}.",
    codebook_corrects=(
        ", version {version}, qui corrige la version {corrects}. Nombre de "
        "questions\u00a0: {questions}."
    ),
    codebook_about=(
        "Les réponses sont conservées sous ces noms, qui ne changent jamais d’une "
        "version à l’autre. Les règles figurent en toutes lettres, puis telles "
        "qu’elles sont écrites."
    ),
    contents="Sommaire",
    choice_lists="Listes d’options",
    options_of="Options de {list}",
    columns="Colonnes du tableau",
    name="Nom",
    more="Autres précisions",
    hint="Indication",
    guidance="Explications",
    refused_message="Message en cas de réponse refusée",
    required_message="Message en l’absence de réponse",
    routing="Condition",
    group_routing="Condition du groupe",
    check="Contrôle",
    options="Options",
    publication="Publication",
    calculated="Calcul",
    suggested="Valeur proposée",
    suggested_anew="Nouvelle proposition après",
    synthesis_column="Colonne de la synthèse",
    concept="Notion",
    source="Source",
    short_label="Libellé court",
    replaces="Remplace",
    because="Motif",
    parameters="Paramètres",
    least_rows="Nombre minimal de lignes",
    most_rows="Nombre maximal de lignes",
    core="question essentielle ★",
    read_only="lecture seule",
    alone="exclut toute autre option",
)
