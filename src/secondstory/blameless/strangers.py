"""Names that nobody told us of, where fault is laid at their door: "It was Priyanka's fault".

Elsewhere a word with a capital says too little. Here what stands in the place is a person, or one of the things that
people blame: a product, a place, a day, a department, a service of the incident. These are closed classes, or told; a
product that is in none of them is read as a person. In small letters, and where the capital is that of a sentence, only
common given names count.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from secondstory.blameless.given_names import GIVEN
from secondstory.blameless.phrases import FAULT, WHOLLY

_NAME = r"(?P<named>[^\W\d_]{2,40}(?: [^\W\d_]{2,40})?)"
_POSSESSED = re.compile(rf"(?i)\b(?:is|was|are|were|'s) {WHOLLY}{_NAME}(?:'s|(?<=s)') (?:own |damn )?{FAULT}")
_SUBJECT = re.compile(rf"(?i)\b{_NAME} (?:is|was) {WHOLLY}(?:to blame|at fault)\b")
_ON = re.compile(rf"(?i)\b(?:this|that|it)(?:'s| is| was) {WHOLLY}on (?P<named>[^\W\d_]{{2,40}})\b(?!['-])")
_LEADS = re.compile(r"so|and|but|or|well|then|because|if|maybe|yes|ok|okay|now|honestly|clearly|frankly|guess|think")
_BEGIN = re.compile(r"(?:^|[.?!]\s+)\W*$")

_THINGS = re.compile(
    # days, and words that begin a sentence or stand for nobody
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|christmas|easter|today|yesterday|the|this|that|these|those|my|your|our|their"
    r"|his|her|its|whose|who|which|what|it|we|you|they|he|she|there|here|nobody|somebody|everybody|anybody|someone"
    r"|everyone|anyone|no|none|neither|each|every|some|any|god|murphy|nature|fate"
    # departments
    r"|operations|ops|support|security|legal|finance|marketing|sales|engineering|platform|infrastructure|infra|network"
    r"|networking|product|design|compliance|procurement|management|leadership|quality|dev|development|devops|data"
    r"|research|hardware|software|backend|frontend|mobile|payments|checkout|billing|search|monitoring|release"
    # products and makers
    r"|adyen|airflow|akamai|alibaba|amazon|android|ansible|apache|apple|argo|asana|athena|atlassian|aurora|azure|bazel"
    r"|bitbucket|bugsnag|caddy|calico|cassandra|celery|ceph|chef|chrome|cilium|cisco|citrix|claude|clickhouse"
    r"|cloudflare|comcast|confluence|consul|copilot|cortex|couchbase|cursor|dart|datadog|dell|debian|discord|django"
    r"|docker|druid|dynamo|dynatrace|elastic|elasticsearch|envoy|equinix|etcd|eureka|excel|facebook|fastly|fedora"
    r"|firebase|firefox|flink|flux|flyway|fluentd|gemini|git|gitlab|google|gradle|grafana|graylog|gunicorn|hadoop|harbor"
    r"|hashicorp|hazelcast|helm|heroku|hetzner|hive|honeycomb|hystrix|ibm|intel|istio|jaeger|java|jenkins|jetty|jira"
    r"|kafka|keycloak|kibana|kinesis|kong|kotlin|kubernetes|lambda|linkerd|linode|linux|liquibase|logstash|loki|lucene"
    r"|mariadb|mastercard|maven|memcached|meta|microsoft|mimir|mongo|mongodb|mysql|netlify|newrelic|nginx|node|nomad"
    r"|okta|openshift|opsgenie|oracle|outlook|pagerduty|paypal|php|postgres|postgresql|presto|prometheus|puma|pulsar"
    r"|puppet|python|rabbit|rabbitmq|rails|react|redis|redshift|relic|rook|ruby|rundeck|rust|safari|salesforce|samsung"
    r"|scala|sentry|sharepoint|shopify|sidekiq|skype|slack|snowflake|solr|sonar|spanner|spark|spinnaker|splunk|spring"
    r"|squid|statuspage|stripe|svelte|swift|teams|tempo|terraform|thanos|tomcat|traefik|trino|twilio|typescript|ubuntu"
    r"|unicorn|uptime|valkey|varnish|vault|vercel|verizon|victoria|visa|vmware|vodafone|wikipedia|windows|wordpress"
    r"|zabbix|zendesk|zipkin|zookeeper|zoom"
    # places that data centres and offices are called by
    r"|africa|america|amsterdam|asia|atlanta|australia|austin|bangalore|barcelona|beijing|belgium|berlin|boston|brazil"
    r"|california|canada|chicago|china|dallas|denmark|dublin|europe|finland|frankfurt|france|geneva|germany|hamburg"
    r"|houston|india|ireland|italy|japan|korea|lisbon|london|madrid|melbourne|mexico|miami|milan|montreal|moscow|mumbai"
    r"|munich|netherlands|norway|ohio|oregon|oslo|ottawa|paris|poland|portugal|prague|seattle|seoul|shanghai|singapore"
    r"|spain|stockholm|sweden|switzerland|sydney|texas|tokyo|toronto|vancouver|vienna|virginia|warsaw|zurich"
)


def blamed_strangers(text: str, things: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """The characters [start, end) of each such name; `things` are words, in small letters, that name no person.

    `text` has straight quotes.
    """
    for pattern, may_be_rare in ((_POSSESSED, True), (_SUBJECT, True), (_ON, False)):
        for met in pattern.finditer(text):
            words = met["named"].split()
            is_lead = len(words) > 1 and bool(not words[0][0].isupper() or _LEADS.fullmatch(words[0].lower()))
            lead = words.pop(0) if is_lead else ""
            start = met.start("named") + (len(lead) + 1 if lead else 0)
            if _is_person(words, _BEGIN.search(text[:start]) is None and may_be_rare, things):
                yield start, met.end("named")


def _is_person(words: list[str], is_capital_telling: bool, things: Collection[str]) -> bool:
    small = [word.lower() for word in words]
    if any(_THINGS.fullmatch(word) or word in things for word in small):
        return False
    if GIVEN.fullmatch(small[0]):
        return True
    return is_capital_telling and all(word[0].isupper() and word[1:].islower() for word in words)
