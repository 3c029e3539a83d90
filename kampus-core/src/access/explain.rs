//! Decisions in words: Finnish, Swedish, English.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::langid;

use super::decision::{Allowed, Decision, Denied, GrantChain, GrantSource, Missing};
use super::grant::{Principal, Role};
use crate::content::Status;
use crate::language::Language;

impl Decision {
    /// The decision in words, for the person who asked. People and places are named by their ids: the caller
    /// knows which of their names the reader may see. Northern Sámi readers get Finnish.
    pub fn explain(&self, language: Language) -> String {
        let words = Words::of(language);
        match self {
            Self::Allowed(allowed) => allowed_text(&words, allowed),
            Self::Denied(denied) => denied_text(&words, denied),
        }
    }
}

/// The messages of one language.
struct Words(FluentBundle<FluentResource>);

impl Words {
    fn of(language: Language) -> Self {
        let (tag, source) = match language {
            Language::Sv => (langid!("sv"), include_str!("locales/sv.ftl")),
            Language::En => (langid!("en"), include_str!("locales/en.ftl")),
            Language::Fi | Language::Se => (langid!("fi"), include_str!("locales/fi.ftl")),
        };
        let mut bundle = FluentBundle::new(vec![tag]);
        bundle.set_use_isolating(false);
        // What does not parse is left out and shows as its key; the tests hold that nothing does.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        let mut fluent = FluentArgs::new();
        for (name, value) in args {
            // Counts choose the plural; everything else is text as it is.
            match (*name, value.parse::<u32>()) {
                ("count", Ok(count)) => fluent.set(*name, count),
                _ => fluent.set(*name, value.clone()),
            }
        }
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        self.0.format_pattern(pattern, Some(&fluent), &mut Vec::new()).into_owned()
    }

    fn role(&self, role: Role) -> String {
        let key = match role {
            Role::Reader => "role-reader",
            Role::Contributor => "role-contributor",
            Role::Editor => "role-editor",
            Role::Publisher => "role-publisher",
            Role::Manager => "role-manager",
        };
        self.say(key, &[])
    }

    fn status(&self, status: Status) -> String {
        let key = match status {
            Status::Draft => "status-draft",
            Status::InReview => "status-in_review",
            Status::Published => "status-published",
            Status::Archived => "status-archived",
        };
        self.say(key, &[])
    }

    fn principal(&self, principal: Principal) -> String {
        let (key, id) = match principal {
            Principal::Person(id) => ("principal-person", id.to_string()),
            Principal::Post(id) => ("principal-post", id.to_string()),
            Principal::Group(id) => ("principal-group", id.to_string()),
            Principal::Unit(id) => ("principal-unit", id.to_string()),
            Principal::Everyone => ("principal-everyone", String::new()),
        };
        self.say(key, &[("id", id)])
    }
}

fn allowed_text(words: &Words, allowed: &Allowed) -> String {
    let rule = ("rule", allowed.rule.0.to_string());
    match &allowed.chain {
        Some(chain) => chain_text(words, chain, rule),
        None if allowed.rule.0 == 6 => words.say("allowed-door", &[rule]),
        None => words.say("allowed-own", &[rule]),
    }
}

fn chain_text(words: &Words, chain: &GrantChain, rule: (&str, String)) -> String {
    let via: Vec<String> = chain.via.iter().map(|step| words.principal(*step)).collect();
    let key = match chain.source {
        GrantSource::Visibility => "allowed-visibility",
        GrantSource::Administration => "allowed-administration",
        GrantSource::BreakGlass(_) => "allowed-break_glass",
        GrantSource::Given(_) if via.is_empty() => "allowed-grant",
        GrantSource::Given(_) => "allowed-grant-via",
    };
    words.say(
        key,
        &[
            ("principal", words.principal(chain.principal)),
            ("role", words.role(chain.role)),
            ("scope", chain.granted_on.to_string()),
            ("via", via.join(", ")),
            rule,
        ],
    )
}

fn denied_text(words: &Words, denied: &Denied) -> String {
    let mut args = vec![("rule", denied.rule.0.to_string())];
    let key = match denied.missing {
        Missing::ActiveService => "denied-active_service",
        Missing::Thing => "denied-thing",
        Missing::Role { needed, held } => {
            args.push(("needed", words.role(needed)));
            args.extend(held.map(|held| ("held", words.role(held))));
            if held.is_some() { "denied-role-held" } else { "denied-role" }
        }
        Missing::Publication { status } => {
            args.push(("status", words.status(status)));
            "denied-publication"
        }
        Missing::OwnRole { .. } => "denied-own_role",
        Missing::Clearance => "denied-clearance",
        Missing::Invitation => "denied-invitation",
        Missing::OpenComments => "denied-open_comments",
        Missing::ActiveWorkspace => "denied-active_workspace",
        Missing::Applicable => "denied-applicable",
        Missing::Staff => "denied-staff",
        Missing::Part => "denied-part",
    };
    let mut text = words.say(key, &args);
    if !denied.could_give.is_empty() {
        let people: Vec<String> = denied.could_give.iter().map(ToString::to_string).collect();
        let count = ("count", people.len().to_string());
        text.push(' ');
        text.push_str(&words.say("could-give", &[count, ("people", people.join(", "))]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_message() {
        let keys = |source: &str| -> Vec<String> {
            let resource = FluentResource::try_new(source.to_owned()).expect("messages parse");
            let mut keys: Vec<String> = resource
                .entries()
                .filter_map(|entry| match entry {
                    fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                    _ => None,
                })
                .collect();
            keys.sort();
            keys
        };
        let english = keys(include_str!("locales/en.ftl"));
        assert_eq!(keys(include_str!("locales/fi.ftl")), english);
        assert_eq!(keys(include_str!("locales/sv.ftl")), english);
        assert!(english.len() > 25);
    }
}
