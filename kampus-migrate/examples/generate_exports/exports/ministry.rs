//! The twelve ministries.

/// A ministry.
#[derive(Debug, PartialEq, Eq)]
pub struct Ministry {
    /// The code that plans and the preset use.
    pub code: &'static str,
    /// Its name in Finnish.
    pub finnish: &'static str,
    /// Its name in Swedish.
    pub swedish: &'static str,
    /// Which of the twelve it is, from 0: people of different ministries have different names.
    pub number: u32,
}

const fn ministry(number: u32, code: &'static str, finnish: &'static str, swedish: &'static str) -> Ministry {
    Ministry { code, finnish, swedish, number }
}

/// All of them, in protocol order.
pub static MINISTRIES: [Ministry; 12] = [
    ministry(0, "VNK", "Valtioneuvoston kanslia", "Statsrådets kansli"),
    ministry(1, "UM", "Ulkoministeriö", "Utrikesministeriet"),
    ministry(2, "OM", "Oikeusministeriö", "Justitieministeriet"),
    ministry(3, "SM", "Sisäministeriö", "Inrikesministeriet"),
    ministry(4, "PLM", "Puolustusministeriö", "Försvarsministeriet"),
    ministry(5, "VM", "Valtiovarainministeriö", "Finansministeriet"),
    ministry(6, "OKM", "Opetus- ja kulttuuriministeriö", "Undervisnings- och kulturministeriet"),
    ministry(7, "MMM", "Maa- ja metsätalousministeriö", "Jord- och skogsbruksministeriet"),
    ministry(8, "LVM", "Liikenne- ja viestintäministeriö", "Kommunikationsministeriet"),
    ministry(9, "TEM", "Työ- ja elinkeinoministeriö", "Arbets- och näringsministeriet"),
    ministry(10, "STM", "Sosiaali- ja terveysministeriö", "Social- och hälsovårdsministeriet"),
    ministry(11, "YM", "Ympäristöministeriö", "Miljöministeriet"),
];

impl Ministry {
    /// The ministry of that code.
    pub fn of(code: &str) -> Option<&'static Self> {
        MINISTRIES.iter().find(|ministry| ministry.code == code)
    }

    /// The code in small letters, as addresses, folders and plans use it.
    pub fn id(&self) -> String {
        self.code.to_lowercase()
    }
}
