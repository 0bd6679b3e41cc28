/// Where clouds' regions are, as their own lists of regions name them
/// (docs.aws.amazon.com/global-infrastructure, cloud.google.com/compute/docs/regions-zones,
/// learn.microsoft.com/azure/reliability/regions-list).
public enum RegionWords {
  /// The city or state of a region; the code where it is not among them, and nothing where the offer
  /// names no place.
  public static func city(_ region: String) -> String {
    if ["any", "private"].contains(region) { return "" }
    return cities[region] ?? region
  }

  private static let cities = [
    "us-east-1": "Virginia", "us-east-2": "Ohio", "us-west-1": "Northern California",
    "us-west-2": "Oregon", "us-east-1-atl-1": "Atlanta", "us-east-1-atl-2a": "Atlanta",
    "us-east-1-dfw-2a": "Dallas", "us-west-2-phx-2a": "Phoenix", "us-gov-west-1": "GovCloud West",
    "us-gov-east-1": "GovCloud East", "ca-central-1": "Montreal", "sa-east-1": "São Paulo",
    "ap-south-1": "Mumbai", "ap-south-2": "Hyderabad", "ap-northeast-1": "Tokyo",
    "ap-northeast-2": "Seoul", "ap-southeast-1": "Singapore", "ap-southeast-2": "Sydney",
    "ap-southeast-3": "Jakarta", "ap-southeast-4": "Melbourne", "eu-north-1": "Stockholm",
    "eu-west-1": "Ireland", "eu-west-2": "London", "eu-central-1": "Frankfurt",
    "eu-south-2": "Spain", "il-central-1": "Tel Aviv", "me-central-1": "UAE",
    "us-central1": "Iowa", "us-central2": "Oklahoma", "us-east1": "South Carolina",
    "us-east4": "Northern Virginia", "us-east5": "Columbus", "us-south1": "Dallas",
    "us-west1": "Oregon", "us-west4": "Las Vegas", "northamerica-northeast1": "Montreal",
    "southamerica-west1": "Santiago", "europe-west1": "Belgium", "europe-west2": "London",
    "europe-west3": "Frankfurt", "europe-west4": "Netherlands", "europe-north1": "Finland",
    "asia-east1": "Taiwan", "asia-northeast1": "Tokyo", "asia-south1": "Mumbai",
    "asia-southeast1": "Singapore", "eastus": "Virginia", "eastus2": "Virginia",
  ]
}
