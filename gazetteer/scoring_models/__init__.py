"""Scoring models as data: what an index is made of, its maxima, weights, classes, and which mention means which.

Each `*.toml` here is one model with its source; a folder of a user's own files is read beside them.
"""

from gazetteer.scoring_models.linking import IndicatorMatch, link_indicator
from gazetteer.scoring_models.loading import ModelInvalid, load_models, models_fingerprint
from gazetteer.scoring_models.model import Band, Denominator, Form, Indicator, Rule, ScoringModel

__all__ = [
    "Band",
    "Denominator",
    "Form",
    "Indicator",
    "IndicatorMatch",
    "ModelInvalid",
    "Rule",
    "ScoringModel",
    "link_indicator",
    "load_models",
    "models_fingerprint",
]
