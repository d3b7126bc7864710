//! What streets are called.

/// What a street is, however it is written.
pub fn street_kind(form: &str) -> Option<&'static str> {
    Some(match form.trim_end_matches('.') {
        "street" | "st" => "street",
        "avenue" | "ave" => "avenue",
        "road" | "rd" => "road",
        "lane" | "ln" => "lane",
        "drive" | "dr" => "drive",
        "boulevard" | "blvd" => "boulevard",
        "place" | "pl" => "place",
        "court" | "ct" => "court",
        "terrace" => "terrace",
        "parkway" | "pkwy" => "parkway",
        _ => return None,
    })
}
