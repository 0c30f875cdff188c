"""Capacities in the name of a project (年产30万吨单晶硅棒项目): the subject is the project, the indicator its capacity."""

import re

from pipeline.contract.late import Late
from pipeline.extract.frames import Slot, strip_brackets

_CAPACITY_UNITS = frozenset({"t", "m3", "kW", "kWh", "tce", "m2", "mu", "hectare"})
_PROJECT = Late(r"^(?P<product>[^，,。；;、的]{1,24}?)(?P<kind>等?项目|一体化|生产线|装置)")
_MONEY = frozenset({"CNY", "USD", "HKD", "TWD"})
# 总投资12亿元的某某项目: one project by name, not 总投资2亿元的项目12个 nor a size class.
_FUNDED = re.compile(r"^的(?P<name>[^，,。；;、的和与等]{3,24}?项目)(?!库|[数\d共有]|建设|清单|群|个|总数)")
_FUNDS = Late(r"(?:投资|投资额|投入)(?:约|近|超过?|达|逾|为|共|合计)*$")
_NOT_PRODUCT = Late(r"(?:国产化|转型升级|产业化|改造|扩建|一体化|建设|生产|前期|新装置|（[^）]*）|\([^)]*\))+$")
_BOUNDARY = Late(r"[、，,；;：:。]|(?:推进|推动|建设|抓好|释放|加快|重点|和|支持|实施)")


def project_of(slot: Slot, quote: str) -> tuple[str, str] | None:
    """Subject (with the figure's ``quote``) and indicator of a capacity in a project's name, or None where the figure is none."""
    if slot.quantity.unit in _MONEY and (funded := _FUNDED.match(slot.tail)) and _FUNDS.search(slot.lead):
        return funded["name"], "总投资" if slot.lead.rstrip("超近约达逾为").endswith("总投资") else "投资"
    yearly = slot.lead.endswith("年产")
    if not yearly and slot.quantity.unit not in _CAPACITY_UNITS:
        return None
    match = _PROJECT.match(slot.tail)
    if not yearly and not (match and "项目" in match["kind"]):
        return None
    product = match["product"] if match else re.split(r"[，,。；;、]", slot.tail)[0]
    if not product:
        return None
    owner = _BOUNDARY.split(slot.lead)[-1].removesuffix("年产").strip()
    noun = _NOT_PRODUCT.sub("", strip_brackets(product)) or product
    name = f"{owner}{'年产' if yearly else ''}{quote}{product}项目"
    return name, noun + ("年产量" if yearly else "产能")
