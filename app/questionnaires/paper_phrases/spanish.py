"""What the papers say of their own, in Spanish."""

from app.questionnaires.paper_phrases.phrases import PaperPhrases

SPANISH = PaperPhrases(
    skip="Ir al contenido",
    help="Ayuda:",
    form="Formulario en blanco",
    codebook="Libro de códigos",
    languages="Idioma del formulario",
    to_print="{title} ({language}), para imprimir",
    lead="Formulario en blanco, versión {version}. Número de preguntas: {questions}.",
    lead_with_core=(
        "Formulario en blanco, versión {version}. Número de preguntas: {questions}; de "
        "ellas, esenciales: {core}."
    ),
    institution="Institución:",
    shows_all=(
        "Este formulario muestra todo lo que puede preguntarse. Omita lo que, según la "
        "línea marcada con una flecha, no le concierne."
    ),
    personal="datos personales, no se publican nunca",
    at_the_end="Responda en el momento de devolver el cuestionario.",
    picture_here="El formulario en pantalla muestra aquí una imagen.",
    rows="Filas",
    tick_one="Marque una sola casilla.",
    tick_all="Marque todo lo que corresponda.",
    tick_one_in_rows="Marque una casilla en cada fila.",
    tick_all_in_rows="Marque en cada fila todo lo que corresponda.",
    nothing_else="(y nada más)",
    ring_one="Rodee con un círculo un solo número.",
    rank_all="Numere en el orden que prefiera: 1 para el primer lugar.",
    rank_top="Numere solo lo más importante, de 1 a {top}: 1 para el primer lugar.",
    whole_number="Un número entero.",
    number="Un número.",
    number_between="Un número de {start} a {end}.",
    number_in_steps="Un número de {start} a {end}, en pasos de {step}.",
    day="Día",
    month="Mes",
    year="Año",
    hour="Hora",
    minute="Minuto",
    latitude="Latitud en grados (negativa al sur)",
    longitude="Longitud (negativa al oeste)",
    attach="Adjunte lo que tenga y escriba aquí su título.",
    one_row_each="Una fila para cada elemento.",
    rows_at_least="Una fila para cada elemento. Número mínimo de filas: {least}.",
    rows_at_most="Una fila para cada elemento. Número máximo de filas: {most}.",
    rows_between="Una fila para cada elemento. Número de filas: de {least} a {most}.",
    continue_="Si las filas no son suficientes, continúe en una hoja aparte.",
    key_one="Escriba un solo número de la leyenda de abajo.",
    key_several="Escriba números de la leyenda de abajo.",
    codebook_of="Libro de códigos: {title} {version}",
    codebook_lead=", versión {version}. Número de preguntas: {questions}.",
    codebook_corrects=(
        ", versión {version}, que corrige la versión {corrects}. Número de preguntas: {questions}."
    ),
    codebook_about=(
        "Las respuestas se guardan con estos nombres, que no cambian nunca de una "
        "versión a otra. Las reglas figuran en palabras y, debajo, tal como están "
        "escritas."
    ),
    contents="Índice",
    choice_lists="Listas de opciones",
    options_of="Opciones de {list}",
    columns="Columnas de la tabla",
    name="Nombre",
    more="Más datos",
    hint="Indicación",
    guidance="Explicación",
    refused_message="Mensaje si no se acepta la respuesta",
    required_message="Mensaje si falta la respuesta",
    routing="Condición",
    group_routing="Condición del grupo",
    check="Comprobación",
    options="Opciones",
    publication="Publicación",
    calculated="Cálculo",
    suggested="Valor propuesto",
    suggested_anew="Nueva propuesta después de",
    synthesis_column="Columna de la síntesis",
    concept="Concepto",
    source="Fuente",
    short_label="Etiqueta breve",
    replaces="Sustituye a",
    because="Motivo",
    parameters="Parámetros",
    least_rows="Número mínimo de filas",
    most_rows="Número máximo de filas",
    core="pregunta esencial ★",
    read_only="solo lectura",
    alone="excluye cualquier otra opción",
)
