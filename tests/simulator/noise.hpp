// Noise: the ordinary life of the tenant: sign-ins of four kinds, everyday audit rows, provisioning, the odd
// risk detection. Nothing worth an alert.
//
// Seeded: the same seed and spans give the same records. Used by the demo, the simulator program and the
// tests.
#pragma once

#include "tests/simulator/dice.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

class Noise {
  public:
    // `lateness` scales how late rows and revisions become visible: 1 = as published.
    Noise(std::uint64_t seed, double lateness) : dice_(seed), lateness_(lateness) {}

    // Adds about `per_minute` records of every kind for each minute of the span.
    void fill(Tenant& tenant, Span span, double per_minute);

  private:
    void add_one(Tenant& tenant, Instant time);
    void add_user_sign_in(Tenant& tenant, Instant time, bool interactive);
    void add_app_sign_in(Tenant& tenant, Instant time, bool managed_identity);
    void add_audit(Tenant& tenant, Instant time);
    void add_provisioning(Tenant& tenant, Instant time);
    void add_risk(Tenant& tenant, Instant time);
    void add_service_principal_risk(Tenant& tenant, Instant time);
    [[nodiscard]] Instant late(Instant time);

    Dice dice_;
    double lateness_;
};

}  // namespace entrawatch::simulator
