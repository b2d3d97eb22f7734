#include "core/convention/elements/element_text.h"

// French words of the enums of elements. Values without a word, those of newer software included,
// have an empty one.

namespace greffe {

absl::string_view WordOf(v1::PartnerKind kind) {
  switch (kind) {
    case v1::PARTNER_KIND_CAF:
      return "Caisse d'allocations familiales";
    case v1::PARTNER_KIND_COMMUNE:
      return "Commune";
    case v1::PARTNER_KIND_INTERCOMMUNALITY:
      return "Intercommunalité";
    case v1::PARTNER_KIND_SYNDICATE:
      return "Syndicat";
    case v1::PARTNER_KIND_STATE:
      return "État";
    case v1::PARTNER_KIND_NATIONAL_EDUCATION:
      return "Éducation nationale";
    case v1::PARTNER_KIND_DEPARTMENT:
      return "Département";
    case v1::PARTNER_KIND_OTHER:
      return "Autre partenaire";
    default:
      return "";
  }
}

absl::string_view WordOf(v1::TextBlockKind kind) {
  switch (kind) {
    case v1::TEXT_BLOCK_KIND_VISA:
      return "Visa";
    case v1::TEXT_BLOCK_KIND_PREAMBLE:
      return "Préambule";
    case v1::TEXT_BLOCK_KIND_CROSS_CUTTING:
      return "Enjeu transversal";
    case v1::TEXT_BLOCK_KIND_CLOSING:
      return "Formule finale";
    case v1::TEXT_BLOCK_KIND_HEADING:
      return "Intertitre";
    case v1::TEXT_BLOCK_KIND_COMPETENCE:
      return "Compétence";
    case v1::TEXT_BLOCK_KIND_DIAGNOSIS:
      return "Diagnostic";
    default:
      return "";
  }
}

absl::string_view WordOf(v1::RubricKind kind) {
  switch (kind) {
    case v1::RUBRIC_KIND_CONTEXT:
      return "Contexte";
    case v1::RUBRIC_KIND_OBJECTIVES:
      return "Objectifs";
    case v1::RUBRIC_KIND_PUBLIC:
      return "Public";
    case v1::RUBRIC_KIND_CONTENT:
      return "Contenu";
    case v1::RUBRIC_KIND_MEANS:
      return "Moyens";
    case v1::RUBRIC_KIND_PILOTS:
      return "Pilotes";
    case v1::RUBRIC_KIND_PARTNERS:
      return "Partenaires";
    case v1::RUBRIC_KIND_EXPECTED_RESULTS:
      return "Résultats attendus";
    case v1::RUBRIC_KIND_TERRITORY:
      return "Territoire";
    case v1::RUBRIC_KIND_INHABITANTS_ROLE:
      return "Place des habitants";
    case v1::RUBRIC_KIND_VIGILANCE:
      return "Points de vigilance";
    case v1::RUBRIC_KIND_COMMUNICATION:
      return "Communication";
    case v1::RUBRIC_KIND_OTHER:
      return "Autre rubrique";
    default:
      return "";
  }
}

absl::string_view WordOf(v1::FilledState state) {
  switch (state) {
    case v1::FILLED_STATE_FILLED:
      return "Rempli";
    case v1::FILLED_STATE_NONE:
      return "Néant";
    case v1::FILLED_STATE_OPEN:
      return "À préciser";
    case v1::FILLED_STATE_BLANK:
      return "Non rempli";
    default:
      return "";
  }
}

absl::string_view WordOf(v1::IndicatorKind kind) {
  switch (kind) {
    case v1::INDICATOR_KIND_REALISATION:
      return "Réalisation";
    case v1::INDICATOR_KIND_RESULT:
      return "Résultat";
    case v1::INDICATOR_KIND_IMPACT:
      return "Impact";
    default:
      return "";
  }
}

absl::string_view WordOf(v1::BodyKind kind) {
  switch (kind) {
    case v1::BODY_KIND_STEERING:
      return "Comité de pilotage";
    case v1::BODY_KIND_TECHNICAL:
      return "Comité technique";
    case v1::BODY_KIND_WORKING_GROUP:
      return "Groupe de travail";
    case v1::BODY_KIND_COORDINATION:
      return "Coordination";
    case v1::BODY_KIND_OTHER:
      return "Autre instance";
    default:
      return "";
  }
}

absl::string_view WordOf(v1::AnnexContent content) {
  switch (content) {
    case v1::ANNEX_CONTENT_INLINE:
      return "Dans la convention";
    case v1::ANNEX_CONTENT_SEPARATE:
      return "Document séparé";
    case v1::ANNEX_CONTENT_MISSING:
      return "Annoncée, introuvable";
    case v1::ANNEX_CONTENT_RESERVED:
      return "Réservée";
    default:
      return "";
  }
}

}  // namespace greffe
