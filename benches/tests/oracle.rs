//! Kampus, Cedar and a plain walk answer alike. The walk and what Cedar is loaded with are written from the rules and
//! share nothing with Kampus but its ids.

use std::collections::HashSet;

use kampus_benches::casbin::Casbin;
use kampus_benches::cedar::Cedar;
use kampus_benches::load::{NOW, load};
use kampus_benches::requests;
use kampus_benches::walk::Walk;
use kampus_benches::world::{Size, World};
use kampus_core::access::{Action, Scope};

/// Many sections that do not inherit, many items with grants of their own, many drafts.
const WILD: Size = Size { broken: 0.4, special: 10_000, drafts: 0.2, seed: 7, ..Size::SMALL };

#[test]
fn kampus_cedar_and_a_plain_walk_agree_on_100_000_requests() {
    let world = World::new(WILD);
    let walk = Walk::new(&world, world.people());
    let cedar = Cedar::new(&world, &walk).unwrap();
    let kampus = load(&world).unwrap();
    let snapshot = kampus.snapshot();

    let mut requests = requests::random(&world, 100_000, 1);
    // Every fifth is about an item that has something of its own.
    let special: Vec<_> = world.items().filter(|(_, item)| item.special).map(|(id, _)| id).collect();
    for (request, item) in requests.iter_mut().step_by(5).zip(special.iter().cycle()) {
        request.item = *item;
    }
    requests.sort_unstable_by_key(|request| request.person);
    let not_inheriting: HashSet<Scope> = world.broken.iter().copied().collect();
    let (mut allowed, mut broken) = (0, 0);
    for asked in requests.chunk_by(|a, b| a.person == b.person) {
        let viewer = snapshot.viewer(asked[0].person, NOW);
        for request in asked {
            let kampus = viewer.may(Action::View, Scope::Item(request.item));
            let cedar = cedar.may_view(request.person, request.item).unwrap();
            let walk = walk.may_view(request.person, request.item);
            assert_eq!((kampus, cedar), (walk, walk), "{request:?}, {:?}", world.item(request.item));
            allowed += usize::from(kampus);
            broken += usize::from(not_inheriting.contains(&world.item(request.item).container.into()));
        }
    }
    let total = requests.len();
    println!("{total} requests, {allowed} allowed, {broken} about items in containers that do not inherit");
    assert!(allowed > total / 5 && allowed < total * 4 / 5, "both answers must occur often: {allowed}");
    assert!(broken > total / 10, "broken inheritance must occur often: {broken}");
}

#[test]
fn casbin_agrees_where_it_is_not_too_slow_to_be_asked() {
    let size = Size { people: 300, units: 60, groups: 30, sections: 60, workspaces: 40, ..WILD };
    let world = World::new(Size { items: 2_000, special: 200, ..size });
    let walk = Walk::new(&world, world.people());
    let casbin = Casbin::new(&world, &walk).unwrap();
    for request in requests::random(&world, 500, 2) {
        let casbin = casbin.may_view(&walk, request.person, request.item).unwrap();
        assert_eq!(casbin, walk.may_view(request.person, request.item), "{request:?}");
    }
}
