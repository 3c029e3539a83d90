//! Who reads a place without a grant of their own, and whether those of another place are more.

use kampus_core::content::{SectionVisibility, WorkspaceVisibility};

use crate::plan::{Source, Target, TargetKind};

/// Who reads a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers<'a> {
    Staff,
    Organisation(&'a str),
    /// Those who were let in.
    Own,
}

impl Readers<'_> {
    fn said(self) -> String {
        match self {
            Self::Staff => "all staff".to_owned(),
            Self::Organisation(code) => code.to_owned(),
            Self::Own => "those who were let in".to_owned(),
        }
    }
}

/// Says who more reads a target than its source's section, in words that end a sentence; `None` when nobody does who
/// is not let in there by name.
pub(super) fn wider(source: &Source, target: &Target) -> Option<String> {
    let before = match source.visibility {
        SectionVisibility::Government => Readers::Staff,
        SectionVisibility::Organisation => Readers::Organisation(&source.organisation),
        SectionVisibility::Restricted => Readers::Own,
    };
    let after = match target.kind {
        TargetKind::Section { visibility: SectionVisibility::Government, .. }
        | TargetKind::Workspace { visibility: WorkspaceVisibility::Open, .. } => Readers::Staff,
        TargetKind::Section { visibility: SectionVisibility::Organisation, .. } => {
            Readers::Organisation(&target.organisation.value)
        }
        TargetKind::Section { visibility: SectionVisibility::Restricted, .. }
        | TargetKind::Workspace {
            visibility: WorkspaceVisibility::Closed | WorkspaceVisibility::Hidden,
            ..
        } => Readers::Own,
    };
    let is_wider = match (before, after) {
        (Readers::Staff, _) | (_, Readers::Own) => false,
        (Readers::Organisation(own), Readers::Organisation(other)) => own != other,
        (_, Readers::Staff) | (Readers::Own, Readers::Organisation(_)) => true,
    };
    is_wider.then(|| format!("to {}, not only to {}", after.said(), before.said()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{CheckedPlan, Plan};

    fn plan(visibility: &str, target: &str) -> CheckedPlan {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.csv"), "").unwrap();
        let text = format!(
            "[[source]]\nid = \"ym\"\npath = \"a.csv\"\norganisation = \"YM\"\nvisibility = \"{visibility}\"\n\
             [[target]]\nid = \"t\"\ntitle = {{ fi = \"T\" }}\n{target}\n"
        );
        let known = ["YM", "VNK"].map(str::to_owned).into();
        Plan::parse(&text, &folder.path().join("plan.toml")).unwrap().check(&known).unwrap()
    }

    #[test]
    fn a_place_is_wider_when_somebody_reads_it_who_did_not() {
        let own = "kind = \"section\"\norganisation = \"YM\"\nvisibility = \"organisation\"";
        let others = "kind = \"section\"\norganisation = \"VNK\"\nvisibility = \"organisation\"";
        let all = "kind = \"section\"\norganisation = \"YM\"";
        let open = "kind = \"workspace\"\norganisation = \"YM\"";
        let hidden = "kind = \"workspace\"\norganisation = \"VNK\"\nvisibility = \"hidden\"";
        let is_wider = |visibility: &str, target: &str| {
            let plan = plan(visibility, target);
            wider(&plan.sources()[0], &plan.targets()[0]).is_some()
        };
        for target in [own, others, all, open, hidden] {
            assert!(!is_wider("government", target), "{target}");
        }
        assert_eq!(
            [own, others, all, open, hidden].map(|to| is_wider("organisation", to)),
            [false, true, true, true, false]
        );
        assert_eq!(
            [own, others, all, open, hidden].map(|to| is_wider("restricted", to)),
            [true, true, true, true, false]
        );
    }
}
