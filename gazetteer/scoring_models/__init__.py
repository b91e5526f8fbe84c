"""Scoring models as data: what an index is made of, its maxima, weights, classes, and which mention means which.

Each `*.toml` here is one model with its source; the files of the folders that `CONGVAN_MODELS` names are read beside
them.
"""

from gazetteer.scoring_models.linking import IndicatorMatch, link_indicator
from gazetteer.scoring_models.loading import ENVIRONMENT, ModelInvalid, load_models, models_fingerprint, user_folders
from gazetteer.scoring_models.model import Band, Denominator, Form, Indicator, Rule, ScoringModel

__all__ = [
    "ENVIRONMENT",
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
    "user_folders",
]
