"""Every code that WerktSamen records, with its words. Source: domain.md, "Codes and words", and part 4."""

from checks.words import Code


class Status(Code):
    """Where an idea stands on its way."""

    RECEIVED = "received", "ontvangen", "received"
    IN_STEP = "in_step", "onderweg", "under way"
    PAUSED = "paused", "gepauzeerd", "paused"
    STOPPED = "stopped", "gestopt", "stopped"
    NOT_FOLLOWED = "not_followed", "niet opgevolgd", "not followed up"
    MERGED = "merged", "samengevoegd", "merged"
    NO_GO = "no_go", "no go", "no go"
    RUNNING = "running", "lopend", "running"
    FINISHED = "finished", "afgerond", "finished"


class Verb(Code):
    """What was done with an idea on its way, as a timeline says it."""

    RECEIVE = "receive", "ontvangen", "received"
    TAKE_UP = "take_up", "opgenomen", "taken up"
    DECLINE = "decline", "bedankt", "declined with thanks"
    PARK = "park", "geparkeerd", "parked"
    MOVE_ON = "move_on", "verder", "moved on"
    SEND_BACK = "send_back", "terug", "sent back"
    PAUSE = "pause", "gepauzeerd", "paused"
    RESUME = "resume", "hervat", "resumed"
    STOP = "stop", "gestopt", "stopped"
    REOPEN = "reopen", "opnieuw geopend", "reopened"
    HAND_OVER = "hand_over", "overgedragen", "handed over"
    MERGE = "merge", "samengevoegd", "merged"
    UNMERGE = "unmerge", "weer losgemaakt", "taken apart again"
    DECIDE = "decide", "beslist", "decided"
    START = "start", "gestart", "started"
    RENEW = "renew", "vernieuwd", "renewed"
    FINISH = "finish", "afgerond", "finished"
    CLOSE = "close", "afgesloten", "closed"


class Role(Code):
    """In which role somebody did something. Source: domain.md 1.1."""

    IDEA_OWNER = "idea_owner", "idee-opvolger", "idea follower"
    COLLABORATOR = "collaborator", "medewerker aan het idee", "collaborator"
    OWN_TEAM = "own_team", "eigen team", "own team"
    SUPPORT = "support", "ondersteunende diensten", "support services"
    POLICY_TEAM = "policy_team", "beleidsteam", "policy team"
    EXTERNAL_PARTNER = "external_partner", "externe partner", "external partner"
    COORDINATOR = "coordinator", "samenwerkingscoördinator", "portfolio coordinator"


class Origin(Code):
    OWN_IDEA = "own_idea", "eigen idee", "own idea"
    EXTERNAL_PARTNER = "external_partner", "externe partner", "external partner"
    CALL_OR_SUBSIDY = "call_or_subsidy", "oproep of subsidie", "call or subsidy"
    IMPOSED = "imposed", "opgelegd door de overheid", "imposed by government"
    OTHER = "other", "andere", "other"


class Motive(Code):
    VOLUNTARY = "voluntary", "vrijwillig", "voluntary"
    NECESSARY = "necessary", "noodzakelijk", "necessary"
    IMPOSED = "imposed", "opgelegd", "imposed"


class Theme(Code):
    ICT = "ict", "ICT", "ICT"
    TRAINING = "training", "vorming en opleiding", "training"
    QUALITY = "quality", "kwaliteitsbeleid", "quality policy"
    MANAGEMENT = "management", "algemeen management", "general management"
    HRM = "hrm", "personeelsbeleid", "human resources"
    CARE_CONTENT = "care_content", "inhoud van hulp en zorg", "content of care"
    ACCESS = "access", "toegang tot hulp", "access to help"
    HOUSING = "housing", "wonen", "housing"
    PREVENTION = "prevention", "preventie", "prevention"
    FINANCE_PURCHASE = "finance_purchase", "geld en aankoop", "finance and purchase"
    COMMUNICATION = "communication", "communicatie", "communication"
    INFRASTRUCTURE = "infrastructure", "gebouwen en infrastructuur", "infrastructure"
    OTHER = "other", "andere", "other"


class Form(Code):
    """The form of a collaboration, with the four kinds of network. Source: domain.md 4.1."""

    CONSULTATION = "consultation", "overleg", "consultation"
    AD_HOC = "ad_hoc", "ad-hocsamenwerking", "ad hoc collaboration"
    NETWORK = "network", "netwerk", "network"
    NETWORK_INFO = "network.info", "informatienetwerk", "information network"
    NETWORK_LEARNING = "network.learning", "lerend netwerk", "learning network"
    NETWORK_RESOURCE = "network.resource", "middelennetwerk", "resource network"
    NETWORK_ACTION = "network.action", "actienetwerk", "action network"


class Coordination(Code):
    SHARED = "shared", "samen", "shared"
    LEAD_PARTNER = "lead_partner", "een trekker", "a lead partner"
    EXTERNAL_COORDINATOR = "external_coordinator", "een externe coördinator", "an external coordinator"
    UNDECIDED = "undecided", "nog niet beslist", "undecided"


class Rating(Code):
    YES = "yes", "ja", "yes"
    PARTLY = "partly", "deels", "partly"
    NO = "no", "nee", "no"
    UNKNOWN = "unknown", "weet ik niet", "don't know"


class EvidenceAbout(Code):
    PROBLEM = "problem", "over het probleem", "on the problem"
    ANSWER = "answer", "wat al werkt", "what already works"


class PieceType(Code):
    EXPERTISE = "expertise", "expertise", "expertise"
    PEOPLE = "people", "personen", "people"
    ACTIVITY_SERVICE = "activity_service", "activiteit of dienst", "activity or service"
    MEANS = "means", "middelen", "means"
    OTHER = "other", "andere", "other"


class PieceStatus(Code):
    OPEN = "open", "nog te zoeken", "to be found"
    PROMISED = "promised", "toegezegd", "promised"
    IN_PLACE = "in_place", "in orde", "in place"


class FinanceType(Code):
    SURPLUS = "surplus", "levert op", "surplus"
    BREAK_EVEN = "break_even", "break-even", "break-even"
    INVESTMENT = "investment", "investering", "investment"
    UNKNOWN = "unknown", "weet ik niet", "don't know"


class Domain(Code):
    WELFARE = "welfare", "welzijn", "welfare"
    YOUTH_CARE = "youth_care", "jeugdhulp", "youth care"
    DISABILITY = "disability", "personen met een handicap", "people with a disability"
    ELDERLY = "elderly", "ouderenzorg", "care for the elderly"
    CHILDCARE = "childcare", "kinderopvang en gezin", "childcare and family"
    MENTAL_HEALTH = "mental_health", "geestelijke gezondheid", "mental health"
    HEALTH = "health", "gezondheid en eerste lijn", "health and primary care"
    POVERTY = "poverty", "armoedebestrijding", "fight against poverty"
    HOUSING = "housing", "wonen", "housing"
    EDUCATION = "education", "onderwijs en CLB", "education and pupil guidance"
    WORK = "work", "werk en sociale economie", "work and social economy"
    JUSTICE_SAFETY = "justice_safety", "justitie en veiligheid", "justice and safety"
    INTEGRATION = "integration", "integratie en inburgering", "integration"
    CULTURE = "culture", "cultuur", "culture"
    SPORT = "sport", "sport", "sport"
    YOUTH_WORK = "youth_work", "jeugdwerk", "youth work"
    SOCIO_CULTURAL = "socio_cultural", "sociaal-cultureel werk", "socio-cultural work"
    LOCAL_POLICY = "local_policy", "lokaal beleid", "local policy"
    RESEARCH = "research", "onderzoek en hogescholen", "research and higher education"
    BUSINESS = "business", "bedrijfsleven", "business"
    OTHER = "other", "andere", "other"


class OrganisationKind(Code):
    GOVERNMENT_LOCAL = "government_local", "lokaal bestuur of OCMW", "local government"
    GOVERNMENT_OTHER = "government_other", "andere overheid", "other government"
    CIVIL_SOCIETY = "civil_society", "middenveldorganisatie (vzw)", "civil society organisation"
    PRIVATE_NONPROFIT = "private_nonprofit", "private voorziening zonder winstoogmerk", "private non-profit facility"
    PROFIT = "profit", "onderneming", "company"
    CITIZENS = "citizens", "burgers, vrijwilligers, ervaringsdeskundigen", "citizens, volunteers, experts by experience"
    KNOWLEDGE = "knowledge", "kennisinstelling", "knowledge institution"


class SectorRelation(Code):
    SAME_SECTOR = "same_sector", "eigen sector", "own sector"
    OTHER_WELFARE_HEALTH = "other_welfare_health", "andere sector van welzijn en gezondheid", "other welfare and health"
    OUTSIDE = "outside", "buiten welzijn en gezondheid", "outside welfare and health"


class PartnerStatus(Code):
    POSSIBLE = "possible", "mogelijk", "possible"
    APPROACHED = "approached", "aangesproken", "approached"
    INVOLVED = "involved", "betrokken", "involved"
    CONFIRMED = "confirmed", "bevestigd", "confirmed"
    DROPPED_OUT = "dropped_out", "afgehaakt", "dropped out"


class Benefit(Code):
    EFFICIENCY = "efficiency", "efficiënter werken", "working more efficiently"
    COST_SCALE = "cost_scale", "kosten besparen door schaal", "saving costs by scale"
    KNOWLEDGE_EXCHANGE = "knowledge_exchange", "kennis en informatie uitwisselen", "exchanging knowledge"
    SPECIALISATION = "specialisation", "zich kunnen specialiseren", "room to specialise"
    QUALITY = "quality", "betere dienstverlening", "better service"
    INTEGRATED_OFFER = "integrated_offer", "geïntegreerd aanbod op maat", "an integrated, fitting offer"
    VISIBILITY = "visibility", "beter bekend", "better known"
    ALIGNMENT = "alignment", "beter afgestemd", "better aligned"
    MUTUAL_STRENGTH = "mutual_strength", "elkaar versterken", "strengthening each other"
    INNOVATION = "innovation", "vernieuwen", "innovation"
    CLIENT_CONTINUITY = "client_continuity", "doorlopende, integrale zorg", "continuous, integrated care"


class Objection(Code):
    TIME_MEANS = "time_means", "veel tijd en middelen", "much time and means"
    LOSS_VISION_AUTONOMY = (
        "loss_vision_autonomy",
        "angst om eigen visie te verliezen",
        "fear of losing one's own vision",
    )
    LACK_TRUST = "lack_trust", "te weinig vertrouwen", "too little trust"
    CULTURE_GAP = "culture_gap", "een andere bedrijfscultuur", "a different culture"
    LEGISLATION = "legislation", "wetgeving zit in de weg", "legislation stands in the way"
    DEPENDENCE = "dependence", "afhankelijker worden", "becoming more dependent"
    UNEQUAL_POWER = "unequal_power", "ongelijke macht", "unequal power"


class Check(Code):
    """The three checks of step 2; their names stay Dutch in both languages."""

    DRIJFVEER = "drijfveer", "drijfveercheck", "drijfveercheck"
    EXPERTISE = "expertise", "expertisecheck", "expertisecheck"
    SAMENWERK = "samenwerk", "samenwerkcheck", "samenwerkcheck"


class Conclusion(Code):
    OK = "ok", "ok", "ok"
    OK_WITH_FOLLOWUPS = "ok_with_followups", "ok met opvolgpunten", "ok with follow-up points"
    NOT_OK = "not_ok", "niet ok", "not ok"


class FollowUpStatus(Code):
    OPEN = "open", "open", "open"
    IN_PROGRESS = "in_progress", "bezig", "in progress"
    SOLVED = "solved", "opgelost", "solved"
    LAPSED = "lapsed", "vervallen", "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether the point still asks for work."""
        return self in {FollowUpStatus.OPEN, FollowUpStatus.IN_PROGRESS}


class Triage(Code):
    """What step 3 does with an opvolgpunt that points to step 1."""

    BACK_TO_1 = "back_to_1", "terug naar stap 1", "back to step 1"
    TREAT_NOW = "treat_now", "nu behandelen", "treat now"
    DROP = "drop", "laten vallen", "drop"


class ConditionStatus(Code):
    MET = "met", "voldaan", "met"
    PARTLY = "partly", "deels", "partly"
    NOT_MET = "not_met", "niet voldaan", "not met"
    CANNOT_BE_MET = "cannot_be_met", "niet te halen", "cannot be met"


class AgreementAbout(Code):
    STEERING = "steering", "sturing", "steering"
    COORDINATION = "coordination", "coördinatie", "coordination"
    MONEY = "money", "geld", "money"
    DATA = "data", "gegevens delen", "data sharing"
    SUPPORT = "support", "ondersteuning", "support"
    COMMUNICATION = "communication", "communicatie", "communication"
    CONFLICT = "conflict", "als het botst", "conflict"
    EXIT = "exit", "uitstappen", "exit"
    OTHER = "other", "andere", "other"


class IndicatorKind(Code):
    PROCESS = "process", "procesindicator", "process indicator"
    RESULT = "result", "resultaatsindicator", "result indicator"
    NONE = "none", "het gezamenlijke doel volstaat", "the common goal suffices"


class Verdict(Code):
    """Where the proposal stands after the control of step 4."""

    OK = "ok", "alles ok", "all ok"
    QUESTION_MARKS = "question_marks", "vraagtekens", "question marks"
    NOT_OK = "not_ok", "het lukt zo niet", "does not work"


class Band(Code):
    """How warm the own team is."""

    MUCH = "much", "veel enthousiasme", "much enthusiasm"
    MIXED = "mixed", "gemengd enthousiasme", "mixed enthusiasm"
    LITTLE = "little", "weinig enthousiasme", "little enthusiasm"
    UNKNOWN = "unknown", "niet gemeten", "not measured"


class TemperatureMethod(Code):
    VOTES = "votes", "anonieme stemmen", "anonymous votes"
    SHOW_OF_HANDS = "show_of_hands", "hand opsteken", "show of hands"
    SLIPS = "slips", "briefjes", "slips of paper"


class VotingWay(Code):
    """How a team votes on the temperature: each with a page of their own, or in the meeting with a slip."""

    EACH = "each", "ieder voor zich", "each for themselves"
    MEETING = "meeting", "in de vergadering", "in the meeting"


class GoNoGo(Code):
    GO = "go", "go", "go"
    NO_GO = "no_go", "no go", "no go"


class DirectorsOutcome(Code):
    """What the raad van bestuur said of a decision."""

    APPROVED = "approved", "goedgekeurd", "approved"
    NOT_APPROVED = "not_approved", "niet goedgekeurd", "not approved"
    NOTED = "noted", "kennis van genomen", "noted"


class Need(Code):
    """How firmly something must follow a decision."""

    REQUIRED = "required", "nodig", "required"
    ADVISED = "advised", "aangeraden", "advised"
    NONE = "none", "niet nodig", "not needed"


class Body(Code):
    """Whom a follower asks for a part of the preparation. Source: domain.md 1.1, 1.2 (step 2)."""

    SUPPORT = "support", "ondersteunende diensten", "support services"
    OWN_TEAM = "own_team", "eigen team", "own team"
    POLICY_TEAM = "policy_team", "beleidsteam", "policy team"
    COLLEAGUE = "colleague", "collega", "colleague"


class Company(Code):
    """With whom a meeting about an idea is. Source: domain.md 1.1."""

    OWN_TEAM = "own_team", "eigen team", "own team"
    POLICY_TEAM = "policy_team", "beleidsteam", "policy team"
    SUPPORT = "support", "ondersteunende diensten", "support services"
    PARTNERS = "partners", "partners", "partners"
    OTHER = "other", "anderen", "others"

    @property
    def is_ours(self) -> bool:
        """Whether only people of the organisation are there."""
        return self not in {Company.PARTNERS, Company.OTHER}


class Reply(Code):
    """What somebody who was asked says of it."""

    NO_OBJECTION = "no_objection", "geen bezwaar", "no objection"
    OBJECTION = "objection", "bezwaar", "objection"
    RATHER_TALK = "rather_talk", "liever overleg", "rather talk about it"


class Urgency(Code):
    """How soon something is to be done, the most urgent first."""

    OVERDUE = "overdue", "over datum", "overdue"
    SOON = "soon", "binnen een week", "within a week"
    LATER = "later", "later", "later"
    ANY_TIME = "any_time", "zonder datum", "without a date"


class DroppedFrom(Code):
    """Where an agreement stood that was dropped."""

    BETWEEN = "between", "tussen bundels", "between bundles"
    OVERALL = "overall", "voor het geheel", "for the whole"


class Severity(Code):
    """How much a signal asks: a thought, something to treat before the next step, what blocks a go. domain.md 3."""

    INFO = "info", "een gedachte", "a thought"
    ATTENTION = "attention", "let op", "attention"
    SERIOUS = "serious", "eerst oplossen", "solve this first"


class DossierVersion(Code):
    """For whom a dossier is. Source: design.md 5 and 6."""

    FULL = "full", "volledig dossier", "full record"
    BOARD = "board", "versie voor het bestuur", "board version"
    PARTNER = "partner", "versie voor de partners", "partner version"


class ExportKind(Code):
    """What is made of several ideas at once: one version of their dossiers, or a spreadsheet of what is still to do."""

    FULL = "full", "volledige dossiers", "full records"
    BOARD = "board", "dossiers voor het bestuur", "board versions"
    PARTNER = "partner", "dossiers voor de partners", "partner versions"
    LISTS = "lists", "lijst van opvolgpunten en voorwaarden", "list of follow-up points and conditions"

    @property
    def version(self) -> DossierVersion | None:
        """The version of the dossiers, None of what is no dossier."""
        return None if self is ExportKind.LISTS else DossierVersion(self.value)


class UnsealedFor(Code):
    """Why something was taken out of a sealed record: the two exceptions of design.md 5."""

    REMOVAL = "removal", "verwijderd na de bewaartijd", "removed after the retention time"
    BLACKOUT = "blackout", "een passage is onleesbaar gemaakt", "a passage was blacked out"
